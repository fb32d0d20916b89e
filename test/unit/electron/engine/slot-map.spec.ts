import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SlotMap, Slots } from '../../../../electron/engine/slot-map.ts'

const key = fc.integer({ min: 0, max: 7 })
const step = fc.oneof(
  fc.record({ does: fc.constant('set' as const), key, value: fc.integer() }),
  fc.record({ does: fc.constant('set-newest' as const), key, value: fc.integer() }),
  fc.record({ does: fc.constant('touch' as const), key }),
  fc.record({ does: fc.constant('delete' as const), key }),
  fc.record({ does: fc.constant('take' as const), key }),
  fc.record({ does: fc.constant('delete-oldest' as const) }),
  fc.record({ does: fc.constant('clear' as const) }),
)

test('holds and orders what a Map holds, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const slots = new SlotMap<number, number>()
      const plain = new Map<number, number>()
      for (const taken of steps) {
        if (taken.does === 'clear') {
          slots.clear()
          plain.clear()
        } else if (taken.does === 'delete-oldest') {
          slots.deleteOldest()
          for (const [oldest] of [...plain].slice(0, 1)) plain.delete(oldest)
        } else if (taken.does === 'take') {
          expect(slots.take(taken.key)).toBe(plain.get(taken.key))
          plain.delete(taken.key)
        } else if (taken.does === 'delete') {
          expect(slots.delete(taken.key)).toBe(plain.delete(taken.key))
        } else if (taken.does === 'set') {
          slots.set(taken.key, taken.value)
          plain.set(taken.key, taken.value)
        } else if (taken.does === 'touch') {
          slots.touch(taken.key)
          const value = plain.get(taken.key)
          if (plain.delete(taken.key)) plain.set(taken.key, value as number)
        } else {
          slots.setNewest(taken.key, taken.value)
          plain.delete(taken.key)
          plain.set(taken.key, taken.value)
        }
        expect([...slots.entries()]).toEqual([...plain.entries()])
        expect([...slots.values()]).toEqual([...plain.values()])
        expect([...slots.keys()]).toEqual([...plain.keys()])
        expect(slots.size).toBe(plain.size)
        for (let each = 0; each < 8; each++) {
          expect(slots.get(each)).toBe(plain.get(each))
          expect(slots.has(each)).toBe(plain.has(each))
        }
      }
    }),
  )
})

test('slots hold what was added and not removed', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(20)), { maxLength: 60 }), (steps) => {
      const slots = new Slots<number>()
      const held = new Map<number, number>()
      for (const [number, step] of steps.entries()) {
        // a number removes whatever is the so manieth that is held
        const place = step === null ? undefined : [...held.keys()][step]
        if (place === undefined) held.set(slots.add(number), number)
        else {
          slots.remove(place)
          held.delete(place)
        }
        expect(slots.size).toBe(held.size)
        expect([...slots.values()].toSorted((a, b) => a - b)).toEqual([...held.values()].toSorted((a, b) => a - b))
        for (const [at, value] of held) expect(slots.at(at)).toBe(value)
      }
    }),
  )
})

test('may be emptied while it is walked through', () => {
  const slots = new SlotMap<string, number>()
  for (const name of ['a', 'b', 'c']) slots.set(name, 1)
  for (const [name] of slots.entries()) slots.delete(name)
  expect(slots.size).toBe(0)
})
