/** What the next question is going to cost, as the engine foresees it: shown beside Run, and asked about above the cap. */
import { create } from 'zustand'
import type { RunMessage, RunParameters } from '../../../shared/api/playground.ts'
import { bytesOf, PDF_TYPE } from '../../../shared/attachments.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import { client } from '../../client/client.ts'
import type { Pane } from './store.ts'

const AFTER_TYPING_MS = 300

export interface Sending {
  readonly pane: Pane
  readonly messages: readonly RunMessage[]
  readonly maxOutputTokens: number | undefined
  readonly tools: RunParameters['tools']
}

export interface ForecastSum {
  readonly cost: NanoUsd
  /** Panes whose price is not known, so that the cost is a lower bound. */
  readonly unknown: number
  /** Panes whose input was estimated, as their models have no tokenizer that anybody else can use. */
  readonly estimated: number
}

export const useForecast = create<{ readonly sum: ForecastSum | undefined }>()(() => ({ sum: undefined }))

let timer: ReturnType<typeof setTimeout> | undefined
let serial = 0

/** Asks for the forecast once nothing has changed for a moment. */
export function forecastSoon(sendings: () => readonly Sending[]): void {
  clearTimeout(timer)
  const mine = ++serial
  timer = setTimeout(() => {
    void forecastFor(sendings()).then((sum) => {
      if (mine === serial) useForecast.setState({ sum })
    })
  }, AFTER_TYPING_MS)
}

/** undefined when there is nothing to send, or the engine does not answer. */
export async function forecastFor(sendings: readonly Sending[]): Promise<ForecastSum | undefined> {
  if (sendings.length === 0) return undefined
  const result = await client['playground.forecast']({ runs: sendings.map(askingOf) })
  if (!result.ok) return undefined
  const known = result.value.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))
  return {
    cost: asNanoUsd(known.reduce((sum, cost) => sum + cost, 0)),
    unknown: result.value.length - known.length,
    estimated: result.value.filter(({ estimated }) => estimated).length,
  }
}

function askingOf({ pane, messages, maxOutputTokens, tools }: Sending) {
  const files = messages.flatMap((message) => message.files ?? [])
  const bytes = files.filter(({ mediaType }) => mediaType === PDF_TYPE).reduce((sum, file) => sum + bytesOf(file), 0)
  return {
    model: pane.model,
    texts: messages.map(({ text }) => text),
    images: files.filter(({ mediaType }) => mediaType.startsWith('image/')).length,
    documentBytes: bytes,
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(tools !== undefined && { tools }),
  }
}
