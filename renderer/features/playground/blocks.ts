/**
 * Cuts growing Markdown into blocks. A closed block never changes again, so it is rendered once; only the open one at the end is rendered as text
 * arrives. Cuts are made where CommonMark starts a new block whatever follows: after a blank line before an unindented line (that does not go on
 * with a list), and round an unindented code fence. Link definitions and footnotes do not reach across a cut.
 */
export interface Split {
  readonly closed: readonly string[]
  /** Where the open block begins in the text. */
  readonly openFrom: number
}

export const UNSPLIT: Split = { closed: [], openFrom: 0 }

/** An unfinished line this long shows what kind of line it is: a list marker or fence would be complete by now. */
const TELLING_CHARACTERS = 12

const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/

/** Goes on from `split`, which must come from a beginning of the same `text`. Answers the same `closed` array when nothing closed. */
export function splitMore(split: Split, text: string): Split {
  const found: string[] = []
  let from = split.openFrom
  let fence: string | undefined
  let inList = false
  let hasContent = false
  let blankBefore = false

  const cutAt = (position: number) => {
    if (hasContent) found.push(text.slice(from, position))
    from = position
    inList = false
    hasContent = false
    blankBefore = false
  }

  for (let position = from; position < text.length; ) {
    const newline = text.indexOf('\n', position)
    const complete = newline !== -1
    const line = text.slice(position, complete ? newline : text.length)
    const after = complete ? newline + 1 : text.length

    if (fence !== undefined) {
      if (complete && closes(line, fence)) {
        fence = undefined
        if (!inList) cutAt(after)
      }
    } else if (line.trim() === '') {
      blankBefore = hasContent
    } else {
      const opening = complete ? FENCE.exec(line)?.[1] : undefined
      const unindented = !/^\s/.test(line)
      const told = complete || line.length >= TELLING_CHARACTERS
      const parts = unindented && ((blankBefore && told && !(inList && LIST_ITEM.test(line))) || opening !== undefined)
      if (parts) cutAt(position)
      if (!hasContent) inList = LIST_ITEM.test(line)
      hasContent = true
      blankBefore = false
      fence = opening
    }
    position = after
  }

  return found.length === 0 && from === split.openFrom ? split : { closed: found.length === 0 ? split.closed : [...split.closed, ...found], openFrom: from }
}

/** A fence is closed by the same character, at least as often, and nothing else. */
function closes(line: string, fence: string): boolean {
  const marks = line.trim()
  return marks.length >= fence.length && [...marks].every((mark) => mark === fence[0])
}
