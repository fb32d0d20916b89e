/** Where a text stops being JSON. The engine's own parser does not always say, and a client deserves to know. Grammar: RFC 8259. */

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not stand in a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SPACE = /[ \t\r\n]*/y
const WORD = /true|false|null/y

/** Index of the first character that cannot be there; the text's length when it ends too early; undefined when it is valid JSON. */
export function firstJsonError(text: string): number | undefined {
  let at = 0
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  // what is expected next; objects and arrays wait on the stack, so that deep nesting costs no calls
  const open: ('{' | '[')[] = []
  let expected: 'value' | 'value-or-]' | 'name' | 'name-or-}' | 'after' = 'value'
  for (;;) {
    take(SPACE)
    const character = text[at]
    if (expected === 'after') {
      const inside = open.at(-1)
      if (inside === undefined) return at === text.length ? undefined : at
      if (character === (inside === '{' ? '}' : ']')) {
        open.pop()
        at++
      } else if (character === ',') {
        expected = inside === '{' ? 'name' : 'value'
        at++
      } else return at
    } else if (expected === 'name' || expected === 'name-or-}') {
      if (character === '}' && expected === 'name-or-}') {
        open.pop()
        at++
        expected = 'after'
        continue
      }
      if (!take(STRING)) return endOrHere(text, at)
      take(SPACE)
      if (text[at] !== ':') return at
      at++
      expected = 'value'
    } else if (character === ']' && expected === 'value-or-]') {
      open.pop()
      at++
      expected = 'after'
    } else if (character === '{' || character === '[') {
      open.push(character)
      at++
      expected = character === '{' ? 'name-or-}' : 'value-or-]'
    } else if (take(STRING) || take(NUMBER) || take(WORD)) expected = 'after'
    else return endOrHere(text, at)
  }
}

/** A string that never closes ends with the text; one that holds what it must not breaks where that stands. */
function endOrHere(text: string, at: number): number {
  if (text[at] !== '"') return at
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] === '\\') {
      if (index + 1 >= text.length) return text.length
      if (!/["\\/bfnrtu]/.test(text[index + 1] ?? '')) return index + 1
      if (text[index + 1] === 'u') {
        const bad = /[^0-9a-fA-F]/.exec(text.slice(index + 2, index + 6))
        if (bad !== null) return index + 2 + bad.index
      }
      index++
    } else if (text.charCodeAt(index) < 0x20) return index
  }
  return text.length
}
