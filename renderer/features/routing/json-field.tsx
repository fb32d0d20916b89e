import { type ReactElement, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Lines } from './select.tsx'
import { ROUTING_TEXTS } from './texts.ts'

type JsonRecord = Record<string, never>

/** An object as JSON: taken over whenever the text is one. An empty text is none. */
export function JsonField({
  label,
  hint,
  value,
  onValue,
}: {
  readonly label: string
  readonly hint?: string
  readonly value: object | undefined
  readonly onValue: (value: JsonRecord | undefined) => void
}): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const [typed, setTyped] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)))
  const read = (text: string): JsonRecord | 'unreadable' | undefined => {
    if (text.trim() === '') return undefined
    try {
      const parsed: unknown = JSON.parse(text)
      return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonRecord) : 'unreadable'
    } catch {
      return 'unreadable'
    }
  }
  const take = (text: string): void => {
    setTyped(text)
    const now = read(text)
    if (now !== 'unreadable') onValue(now)
  }
  return <Lines label={label} hint={hint} mono value={typed} onValue={take} error={read(typed) === 'unreadable' ? texts.rules.unreadable : undefined} />
}
