import { expect, it } from 'vitest'
import { RefusedThoughts } from '../../../../../electron/engine/attempt/refused-thoughts.ts'

const HOUR = 3_600_000
const place = (id: string, credential?: string) => ({ endpoint: { id }, credential })

it('knows of a thought at the place that refused it: one model with one key', () => {
  const refused = new RefusedThoughts(() => 0)
  refused.learn(place('one', 'key'), ['a', 'b', 'a'])
  expect(['a', 'b', 'c'].map((seal) => refused.at(place('one', 'key'))?.(seal))).toEqual([true, true, false])
  for (const other of [place('one', 'other key'), place('two', 'key'), place('one')]) expect(refused.at(other)).toBeUndefined()
  expect(refused.size).toBe(2)
})

it('lets go of thoughts that no turn has come with for a day', () => {
  let now = 0
  const refused = new RefusedThoughts(() => now)
  refused.learn(place('one'), ['goes on', 'ends'])
  now = 20 * HOUR
  expect(refused.at(place('one'))?.('goes on')).toBe(true)
  now = 30 * HOUR
  expect(refused.at(place('one'))?.('goes on')).toBe(true)
  expect([refused.at(place('one'))?.('ends'), refused.size]).toEqual([false, 1])
  now = 60 * HOUR
  expect([refused.at(place('one')), refused.size]).toEqual([undefined, 0])
})

it('keeps a bounded number, those of the places that were asked last', () => {
  const refused = new RefusedThoughts(() => 0, 3)
  refused.learn(place('one'), ['a', 'b'])
  refused.learn(place('two'), ['c'])
  refused.at(place('one'))
  refused.learn(place('three'), ['d'])
  expect([refused.size, refused.at(place('two')), refused.at(place('one'))?.('a')]).toEqual([3, undefined, true])
  refused.learn(place('three'), ['e', 'f', 'g', 'h'])
  expect([refused.size, refused.at(place('one')), refused.at(place('three'))?.('h'), refused.at(place('three'))?.('e')]).toEqual([3, undefined, true, false])
})
