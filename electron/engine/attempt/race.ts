/** Waiting that ends when the caller leaves, and two attempts of which one may answer. */
import { Departure } from '../departure.ts'
import { goneBecause } from './deadline.ts'

/** A departure of its own that leaves with its parent. */
export function following(parent: Departure): Departure {
  const departure = new Departure()
  if (parent.isGone) departure.leave(parent.reason)
  else parent.on(() => departure.leave(parent.reason))
  return departure
}

/** Whether an attempt is still silent after `ms`. */
export async function isSlower(running: Promise<unknown>, ms: number, departure: Departure): Promise<boolean> {
  const clock = following(departure)
  const slow = pause(ms, clock).then(
    () => true,
    () => false,
  )
  const done = running.then(
    () => false,
    () => false,
  )
  const verdict = await Promise.race([slow, done])
  clock.leave()
  return verdict
}

/** Which of two holds first; when the first to end has failed, the other. @throws what both throw, when neither can hold */
export async function firstHeld(first: Promise<unknown>, second: Promise<unknown>): Promise<'first' | 'second'> {
  const one = first.then((held) => (held === undefined ? undefined : ('first' as const)))
  const two = second.then((held) => (held === undefined ? undefined : ('second' as const)))
  // whoever throws after the other has held is not waited for
  one.catch(() => undefined)
  two.catch(() => undefined)
  return (await Promise.race([one, two])) ?? (await one) ?? 'second'
}

/** @throws Failure when the caller leaves meanwhile */
export function pause(ms: number, departure: Departure): Promise<void> {
  return new Promise((resolve, reject) => {
    if (departure.isGone) return reject(goneBecause(departure))
    const gone = (): void => {
      clearTimeout(timer)
      reject(goneBecause(departure))
    }
    const timer = setTimeout(() => {
      departure.off(gone)
      resolve()
    }, ms)
    departure.on(gone)
  })
}
