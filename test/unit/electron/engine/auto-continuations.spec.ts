import { describe, expect, it } from 'vitest'
import { Continuations, type ContinuedTurn } from '../../../../electron/engine/auto-continuations.ts'

const MINUTE = 60_000
const turn = (said: string, at: number): ContinuedTurn => ({ said, answered: { model: 'a/b', at } })
const continuations = () => new Continuations<ContinuedTurn>(1_500, (one, other) => one === other)

describe('a conversation that goes on', () => {
  it('says well of an answer after two further turns, and of each once', () => {
    const made = continuations()
    const said = ['one', 'two', 'three', 'four'].map((text, at) => made.next(1, at + 1, turn(text, at * MINUTE + 1_000), at * MINUTE)?.said)
    expect(said).toEqual([undefined, undefined, 'one', 'two'])
  })

  it('says nothing of other conversations, of a turn asked again, and of what came after a complaint', () => {
    const made = continuations()
    made.next(1, 1, turn('one', 1_000), 0)
    expect(made.next(2, 2, turn('two', MINUTE), MINUTE)).toBeUndefined()
    made.next(1, 2, turn('two', MINUTE + 1_000), MINUTE)
    // the second turn anew
    made.next(1, 2, turn('two', 2 * MINUTE + 1_000), 2 * MINUTE)
    expect(made.next(1, 3, turn('three', 3 * MINUTE + 1_000), 3 * MINUTE)).toBeUndefined()
    expect(made.next(1, 4, turn('Still broken, look again.', 4 * MINUTE + 1_000), 4 * MINUTE)).toBeUndefined()
    expect(made.next(1, 5, turn('five', 5 * MINUTE + 1_000), 5 * MINUTE)).toBeUndefined()
  })

  it.each(['No, the other one.', 'That’s wrong.', 'you forgot the tests', 'It still fails', 'doesn’t work', 'Das stimmt nicht.', 'Nein, anders.'])(
    'takes “%s” for a complaint',
    (text) => {
      const made = continuations()
      made.next(1, 1, turn('one', 1_000), 0)
      made.next(1, 2, turn(text, MINUTE + 1_000), MINUTE)
      expect(made.next(1, 3, turn('three', 2 * MINUTE + 1_000), 2 * MINUTE)).toBeUndefined()
    },
  )

  it('is taken up twenty times a day, so that it crowds nothing out', () => {
    const made = continuations()
    let taken = 0
    for (let at = 0; at < 60; at++) if (made.next(1, at + 1, turn(`turn ${at}`, at * MINUTE + 1_000), at * MINUTE) !== undefined) taken++
    expect(taken).toBe(20)
    // the next day begins anew
    const tomorrow = 86_400_000
    for (let at = 0; at < 3; at++) if (made.next(2, at + 1, turn(`turn ${at}`, tomorrow + at * MINUTE + 1_000), tomorrow + at * MINUTE) !== undefined) taken++
    expect(taken).toBe(21)
  })
})
