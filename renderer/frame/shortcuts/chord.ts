/** Keys held together, as settings keep them: `Mod+K`, `Mod+Shift+C`, `Alt+1`, `M`. Mod is Command on a Mac and Control elsewhere. */
import { isMac } from '../../ui/keyboard.ts'

type KeyFacts = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const ALONE = new Set(['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'CapsLock', 'Dead', 'Process', 'Unidentified'])

/** What was pressed, or undefined while only modifiers are held. Control on a Mac, and the Windows key elsewhere, belong to the system: no chord. */
export function chordOf(event: KeyFacts): string | undefined {
  if (ALONE.has(event.key) || (isMac ? event.ctrlKey : event.metaKey)) return undefined
  const mod = isMac ? event.metaKey : event.ctrlKey
  const key = nameOf(event)
  // Shift is part of what a key without modifiers writes: `?` is `?`
  const shift = event.shiftKey && (mod || event.altKey || key.length > 1 || /\p{L}/u.test(key))
  return [mod && 'Mod', event.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+')
}

/** Alt writes other characters on a Mac, so the key's place counts then. */
function nameOf({ key, code, altKey }: KeyFacts): string {
  if (altKey && /^(?:Key[A-Z]|Digit\d)$/.test(code)) return code.slice(-1)
  if (key === ' ') return 'Space'
  return key.length === 1 ? key.toUpperCase() : key
}

/** Without Mod or Alt it would be typed: such a chord is no shortcut in a field. */
export function isTyped(chord: string): boolean {
  return !/^(?:Mod|Alt)\+/.test(chord) && !/^(?:Shift\+)?(?:F\d+|Escape)$/.test(chord)
}

/** As keys are written on this machine: `⌘⇧C`, `Ctrl Shift C`. */
export function chordHint(chord: string): string {
  const parts = chord.split(/\+(?=.)/)
  if (isMac) return parts.map((part) => MAC_SIGNS[part] ?? part).join('')
  return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join(' ')
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '⏎', Escape: '⎋' }
