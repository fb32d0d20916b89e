import { describe, expect, it } from 'vitest'
import { type Split, splitMore, UNSPLIT } from '../../../renderer/features/playground/blocks.ts'

const blocksOf = (text: string, split: Split = splitMore(UNSPLIT, text)) => [...split.closed, text.slice(split.openFrom)]

const ANSWER = `Intro paragraph.

## Heading

1. first

   still first
2. second

- loose

- list

| a | b |
|---|---|
| 1 | 2 |

Then code:
\`\`\`ts
const a = 1

const b = 2
\`\`\`
> quoted

~~~~
~~~
not closed by three
~~~~

The end.
`

describe('splitMore', () => {
  it.each<[string, string, readonly string[]]>([
    ['parts paragraphs at a blank line', 'One.\n\nTwo.\n', ['One.\n\n', 'Two.\n']],
    ['keeps lines of one paragraph together', 'One\ntwo\nthree', ['One\ntwo\nthree']],
    ['keeps a loose list in one block', '- a\n\n- b\n\n- c\n', ['- a\n\n- b\n\n- c\n']],
    ['keeps what is indented below a list item with it', '1. a\n\n   more of a\n\n2. b\n', ['1. a\n\n   more of a\n\n2. b\n']],
    ['ends a list at an unindented paragraph', '- a\n\nAfter the list.\n', ['- a\n\n', 'After the list.\n']],
    ['does not part inside a fence', '```\na\n\nb\n```\n', ['```\na\n\nb\n```\n', '']],
    ['parts a fence from the paragraph right before it', 'See:\n```\na\n', ['See:\n', '```\na\n']],
    ['parts a fence from what follows without a blank line', '```\na\n```\nNext', ['```\na\n```\n', 'Next']],
    ['keeps a fence inside a list item', '- a\n  ```\n  x\n\n  y\n  ```\n  b\n', ['- a\n  ```\n  x\n\n  y\n  ```\n  b\n']],
    ['is not fooled by a shorter fence', '````\n```\n\nx\n````\n', ['````\n```\n\nx\n````\n', '']],
    ['takes code in three backticks on one line for text', 'a\n\n```x``` is code\nb', ['a\n\n', '```x``` is code\nb']],
  ])('%s', (_name, text, expected) => {
    expect(blocksOf(text)).toEqual(expected)
  })

  it('waits with a cut until the next line shows that it does not go on with the list', () => {
    expect(splitMore(UNSPLIT, '- a\n\n1').closed).toEqual([])
    expect(splitMore(UNSPLIT, '- a\n\nPlain words').closed).toEqual([])
    expect(splitMore(UNSPLIT, '- a\n\nPlain words here').closed).toEqual(['- a\n\n'])
  })

  it.each([1, 2, 3, 7, 64])('finds the same blocks when text comes %i characters at a time, and never changes a closed one', (size) => {
    let split = UNSPLIT
    for (let end = size; end < ANSWER.length + size; end += size) {
      const text = ANSWER.slice(0, end)
      const next = splitMore(split, text)
      expect(next.closed.slice(0, split.closed.length)).toEqual(split.closed)
      expect(next.closed.join('') + text.slice(next.openFrom)).toBe(text)
      split = next
    }
    expect(split).toEqual(splitMore(UNSPLIT, ANSWER))
  })

  it('answers the same array while nothing closes, so that nothing is drawn again', () => {
    const before = splitMore(UNSPLIT, 'One.\n\nTwo begins here')
    const after = splitMore(before, 'One.\n\nTwo begins here and goes on')
    expect(after.closed).toBe(before.closed)
  })
})
