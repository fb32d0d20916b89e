import { createStore } from 'zustand/vanilla'

/** Screen readers hear what happened in the panes at most this often, and never the tokens themselves. */
const GATHER_MS = 1_000

export const announcement = createStore<{ readonly text: string }>(() => ({ text: '' }))

let gathered: string[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Says a sentence in the live region, together with whatever else is said within a second. */
export function announce(sentence: string): void {
  gathered.push(sentence)
  if (timer !== undefined) return
  timer = setTimeout(() => {
    timer = undefined
    announcement.setState({ text: gathered.join(' ') })
    gathered = []
  }, GATHER_MS)
}
