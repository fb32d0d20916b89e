import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../../../../electron/engine/routing/auto/asked.ts'
import type { Message } from '../../../../../../shared/chat.ts'

const said = (role: Message['role'], ...texts: readonly string[]): Message => ({ role, parts: texts.map((text) => ({ type: 'text', text })) })
const opening = [said('system', 'Be brief.'), said('user', 'Hello')]
const further = [said('assistant', 'Hi'), said('user', 'More')]

describe('which turn of which conversation a request is', () => {
  it('is one conversation, however far it has gone, and another place at each turn', () => {
    const first = placeOf(opening, 'me')
    const second = placeOf([...opening, ...further], 'me')
    const third = placeOf([...opening, ...further, ...further], 'me')
    expect([first.turns, second.turns, third.turns]).toEqual([1, 2, 3])
    expect(new Set([first, second, third].map(({ conversation }) => conversation)).size).toBe(1)
    expect(new Set([first, second, third].map(({ place }) => place)).size).toBe(3)
  })

  it('of a first turn is told by its client and its system prompt alone, so that it can be worded anew', () => {
    const anew = placeOf([said('system', 'Be brief.'), said('user', 'Hello there')], 'me')
    expect(anew.place).toBe(placeOf(opening, 'me').place)
    expect(anew.conversation).not.toBe(placeOf(opening, 'me').conversation)
    expect(placeOf(opening, 'you').place).not.toBe(anew.place)
    expect(placeOf([said('user', 'Hello')], 'me').place).not.toBe(anew.place)
  })

  it('is its caller’s own, and a small integer for the engine’s Maps', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(5), (system, user, more) => {
        const messages = [said('system', system), said('user', user), ...Array(more).fill(further).flat()]
        const { conversation, place } = placeOf(messages, 'me')
        expect(placeOf(messages, 'you').conversation).not.toBe(conversation)
        expect([conversation, place]).toEqual([conversation | 0, place | 0])
      }),
    )
  })
})
