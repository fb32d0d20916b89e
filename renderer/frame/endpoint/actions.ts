/** Starting and stopping the endpoint, and opening it to the local network. */
import { create } from 'zustand'
import { client } from '../../client/client.ts'
import { connectStatus, settings } from '../../client/mirrors.ts'
import { textsNow } from '../../i18n/texts.ts'
import { copyText } from '../../ui/copy-text.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { ENDPOINT_TEXTS } from './texts.ts'

/** The question before requests that are being answered would be left without an endpoint. */
export const useStopQuestion = create<{ readonly serving: number | undefined }>(() => ({ serving: undefined }))

export async function startEndpoint(): Promise<void> {
  const result = await client['connect.start']({})
  if (!result.ok) return showFailure(result.failure.message)
  connectStatus.store.setState({ is: 'ready', value: result.value }, true)
}

/** Stops at once where nobody waits for an answer, and asks first where somebody does. */
export async function askToStop(): Promise<void> {
  const status = await client['connect.status']({})
  if (!status.ok) return showFailure(status.failure.message)
  if (status.value.serving > 0) return useStopQuestion.setState({ serving: status.value.serving })
  await stopEndpoint('finish')
}

export async function stopEndpoint(running: 'finish' | 'end'): Promise<void> {
  useStopQuestion.setState({ serving: undefined })
  const result = await client['connect.stop']({ running })
  if (!result.ok) return showFailure(result.failure.message)
  connectStatus.store.setState({ is: 'ready', value: result.value }, true)
  showToast(textsNow(ENDPOINT_TEXTS).wasStopped, () => void startEndpoint())
}

export function keepRunning(): void {
  useStopQuestion.setState({ serving: undefined })
}

/** The other of the two. */
export async function toggleEndpoint(): Promise<void> {
  const state = connectStatus.store.getState()
  if (state.is !== 'ready') return
  await (state.value.stopped ? startEndpoint() : askToStop())
}

export async function serveLan(lan: boolean): Promise<void> {
  const result = await client['settings.update']({ lan })
  if (!result.ok) return showFailure(result.failure.message)
  settings.store.setState({ is: 'ready', value: result.value }, true)
  await connectStatus.refresh()
}

/** The address that tools want, with the path of the OpenAI SDKs. */
export async function copyEndpoint(): Promise<void> {
  const state = connectStatus.store.getState()
  if (state.is !== 'ready' || state.value.address === undefined) return
  if (await copyText(`${state.value.address}/v1`)) showToast(textsNow(ENDPOINT_TEXTS).copied(`${state.value.address}/v1`))
}
