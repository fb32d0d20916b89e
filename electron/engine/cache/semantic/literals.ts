/** Text that nobody may touch: code and quotations are cut out before anything is normalised, and compared as they stand. */
export interface Literals {
  /** The text with a placeholder where each literal stood. */
  readonly rest: string
  /** Byte for byte, with their fences. */
  readonly code: readonly string[]
  /** What stood between quotation marks, without them. */
  readonly quotes: readonly string[]
}

/** From Unicode's private use area, so that no prompt holds it by chance; texts that do are not eligible. */
const CODE_MARK = '\uE000'
const QUOTE_MARK = '\uE001'
export const PLACEHOLDER = /[\uE000\uE001]/
const CODE = /```[\s\S]*?```|~~~[\s\S]*?~~~|`[^`\n]+`/g
/** An apostrophe opens a quotation only behind a space and closes it only before one, so that "don't" is none. */
const QUOTED = /"([^"\n]{1,200})"|“([^”\n]{1,200})”|«([^»\n]{1,200})»|(?<=^|[\s(])['‘]([^'’\n]{1,200})['’](?=$|[\s).,;:?!])/g

export function takeLiterals(text: string): Literals {
  const code: string[] = []
  const quotes: string[] = []
  const withoutCode = text.replaceAll('""', '"').replace(CODE, (span) => {
    code.push(span)
    return ` ${CODE_MARK} `
  })
  const rest = withoutCode.replace(QUOTED, (whole, ...groups: (string | undefined)[]) => {
    const inside = groups.slice(0, 4).find((group) => typeof group === 'string')
    if (inside === undefined) return whole
    quotes.push(inside.trim())
    return ` ${QUOTE_MARK} `
  })
  return { rest, code, quotes }
}

export const isCodeMark = (text: string): boolean => text === CODE_MARK
export const isQuoteMark = (text: string): boolean => text === QUOTE_MARK
