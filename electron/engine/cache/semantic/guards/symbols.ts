import type { Reading } from '../reading.ts'
import { differing, type Guard, veto } from './guard.ts'

/** Signs that carry meaning and are no words: operators, emoji, brackets of code, emoticons. A hyphen counts where it is a minus. */
const SIGNS =
  /\p{Extended_Pictographic}|[\p{Sm}^*/\\&@#%|~={}[\]]|(?<=^|[\s(=])[-–−](?=\d)|(?<=\d|\s|[)\]])[-−](?=\s?[\d(])|(?<=\s)[-−](?=\s\p{L}\b)|(?<=^|\s)[:;]-?[()DPp/|](?=$|[\s?!.,])/gu
/** "and/or" and a link are no divisions. */
const NO_SIGNS = /https?:\/\/\S+|\p{L}\s?\/\s?\p{L}|(?<=\s)&(?=\s)|\d+\s?%|(?<=[cf])#|c\+\+|#(?=\p{L})/giu
const SAME_SIGN = new Map(Object.entries({ '−': '-', '–': '-', '×': '*', '÷': '/', '∗': '*' }))

const signsOf = ({ reworded }: Reading): readonly string[] => (reworded.replace(NO_SIGNS, ' ').match(SIGNS) ?? []).map((sign) => SAME_SIGN.get(sign) ?? sign)

/** Operators, emoji and the like, in the same order. */
export const symbols: Guard = {
  name: 'symbols',
  check(a, b) {
    const [one, other] = [signsOf(a), signsOf(b)]
    return veto(differing('symbols', one, other) ?? (one.join() === other.join() ? undefined : { code: 'symbol-order', one, other }))
  },
}
