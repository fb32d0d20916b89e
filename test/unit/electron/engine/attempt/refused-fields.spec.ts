import { expect, it } from 'vitest'
import { RefusedFields } from '../../../../../electron/engine/attempt/refused-fields.ts'

const bodyOf = (body: Readonly<Record<string, unknown>>) => (field: string) => (field in body ? JSON.stringify(body[field]) : undefined)
const HOUR = 3_600_000

it('tells only of fields that the body has, at the endpoint that refused them', () => {
  const refused = new RefusedFields(() => 0)
  refused.learn('one', { field: 'seed', whatever: true }, '7')
  refused.learn('one', { field: 'top_p', whatever: false }, '0.20')
  expect(refused.among('one', bodyOf({ seed: 8, top_p: 0.2, temperature: 1 }))).toEqual(['seed', 'top_p'])
  expect(refused.among('one', bodyOf({ top_p: 0.3 }))).toEqual([])
  expect(refused.among('two', bodyOf({ seed: 8 }))).toEqual([])
})

it('forgets after a day', () => {
  let now = 0
  const refused = new RefusedFields(() => now)
  refused.learn('one', { field: 'seed', whatever: true }, '7')
  now = 24 * HOUR
  expect(refused.among('one', bodyOf({ seed: 7 }))).toEqual(['seed'])
  now++
  expect(refused.among('one', bodyOf({ seed: 7 }))).toEqual([])
})

it('keeps a bounded number of endpoints, the latest', () => {
  const refused = new RefusedFields(() => 0)
  for (let index = 0; index <= 1000; index++) refused.learn(`${index}`, { field: 'seed', whatever: true }, '7')
  expect(refused.among('0', bodyOf({ seed: 7 }))).toEqual([])
  expect(refused.among('1', bodyOf({ seed: 7 }))).toEqual(['seed'])
  expect(refused.among('1000', bodyOf({ seed: 7 }))).toEqual(['seed'])
})

it('keeps no long values', () => {
  const refused = new RefusedFields(() => 0)
  const metadata = { note: 'x'.repeat(300) }
  refused.learn('one', { field: 'metadata', whatever: false }, JSON.stringify(metadata))
  expect(refused.among('one', bodyOf({ metadata }))).toEqual([])
})
