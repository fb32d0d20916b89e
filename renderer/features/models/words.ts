import { contextLine } from '../playground/model-list.ts'
import type { ModelsTexts } from './texts.ts'

/** `128k tokens`, or the word for unknown. */
export function tokensText(count: number | undefined, texts: ModelsTexts): string {
  const line = contextLine(count)
  return line === undefined ? texts.unknown : texts.tokens(line)
}

/** `06:30` from minutes since midnight. */
export function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
