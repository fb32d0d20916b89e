/** One call, many readers: who waits for whom, and what is kept in memory meanwhile. */
import { expect, it } from 'vitest'
import { Flight, type FlightOptions } from '../../../../../electron/engine/cache/flight.ts'
import { Departure } from '../../../../../electron/engine/departure.ts'
import type { Account } from '../../../../../electron/engine/ledger/account.ts'
import type { Answer, ChatRequest, Frame } from '../../../../../electron/engine/request.ts'
import { Failure } from '../../../../../shared/failure.ts'

const codec = { id: 'openai-chat' }
function requestOf(departure: Departure): ChatRequest {
  return { wire: { codec }, view: { stream: true, wantsUsage: false, model: 'm' }, incoming: { departure, framing: 'sse' } } as unknown as ChatRequest
}
const account = (): Account => ({ paysLate: () => undefined, callEnded: () => undefined }) as unknown as Account

const frame = (size: number): Frame => ({ wire: new Uint8Array(size), events: [{ type: 'text-delta', text: 'x' }] })

interface Taken {
  pulled: number
}

/** Frames as fast as they are asked for. */
async function* endless(size: number, count: number, taken: Taken): AsyncGenerator<Frame> {
  for (let index = 0; index < count; index++) {
    taken.pulled++
    yield frame(size)
  }
}

function flightOver(frames: AsyncIterable<Frame>, options: Partial<FlightOptions> = {}): { flight: Flight; leader: Account } {
  const answer = { whole: undefined, held: [], relay: true, frames, headers: {}, dropped: [] } as unknown as Answer
  const leader = account()
  const flight = new Flight(requestOf(new Departure()), leader, async () => answer, {
    keepRunningMs: () => 0,
    onEnd: () => undefined,
    onEvents: () => undefined,
    ...options,
  })
  return { flight, leader }
}

async function readerOf(flight: Flight, who: Account = account(), departure = new Departure()): Promise<AsyncIterator<Frame>> {
  const answer = await flight.join(requestOf(departure), who)
  return answer.frames[Symbol.asyncIterator]()
}

async function drain(reader: AsyncIterator<Frame>): Promise<number> {
  let count = 0
  while ((await reader.next()).done !== true) count++
  return count
}

it('takes from the provider only what somebody asks for', async () => {
  const taken = { pulled: 0 }
  const { flight, leader } = flightOver(endless(10, 1_000, taken))
  const reader = await readerOf(flight, leader)
  for (let index = 0; index < 5; index++) await reader.next()
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(taken.pulled).toBe(5)
  expect(await drain(reader)).toBe(995)
})

it('lets the quick ones read on while a slow one is far behind, who then still gets everything', async () => {
  const { flight, leader } = flightOver(endless(100, 500, { pulled: 0 }))
  const slow = await readerOf(flight, leader)
  await slow.next()
  const quick = await Promise.all([readerOf(flight), readerOf(flight)])
  expect(await Promise.all(quick.map(drain))).toEqual([500, 500])
  expect(await drain(slow)).toBe(499)
})

it('cuts off who is further behind than what may be kept, says so, and stalls nobody', async () => {
  const { flight, leader } = flightOver(endless(1_000, 500, { pulled: 0 }), { heldBytes: 50_000 })
  const slow = await readerOf(flight, leader)
  await slow.next()
  const quick = await readerOf(flight)
  expect(await drain(quick)).toBe(500)
  await expect(slow.next()).rejects.toMatchObject({ kind: 'stream-broken', message: expect.stringContaining('slower than others') })
})

it('keeps no more than it may, and gives one lone slow reader everything', async () => {
  const taken = { pulled: 0 }
  const { flight, leader } = flightOver(endless(1_000, 500, taken), { heldBytes: 50_000 })
  const reader = await readerOf(flight, leader)
  for (let index = 0; index < 500; index++) {
    expect((await reader.next()).done).not.toBe(true)
    expect(taken.pulled).toBe(index + 1)
  }
  expect((await reader.next()).done).toBe(true)
  expect(flight.mayJoin).toBe(false)
})

it('takes no new reader once its beginning is gone', async () => {
  const { flight, leader } = flightOver(endless(1_000, 500, { pulled: 0 }), { heldBytes: 50_000 })
  const reader = await readerOf(flight, leader)
  expect(flight.mayJoin).toBe(true)
  for (let index = 0; index < 100; index++) await reader.next()
  expect(flight.mayJoin).toBe(false)
})

it('ends a reader whose client leaves while it waits, and the call with the last one', async () => {
  let closed = false
  const frames: AsyncIterable<Frame> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => undefined),
      return: async () => {
        closed = true
        return { done: true, value: undefined }
      },
    }),
  }
  const { flight, leader } = flightOver(frames)
  const [first, second] = [new Departure(), new Departure()]
  const one = await readerOf(flight, leader, first)
  const other = await readerOf(flight, account(), second)
  const waits = [one.next(), other.next()]
  first.leave()
  await expect(waits[0]).rejects.toMatchObject({ kind: 'cancelled' })
  expect(closed).toBe(false)
  second.leave(new Failure('shutting-down', 'bye'))
  await expect(waits[1]).rejects.toMatchObject({ kind: 'shutting-down' })
  expect(closed).toBe(true)
})

it('tells who made the call when it has ended, also where that is after everybody has left', async () => {
  const told: (string | undefined)[] = []
  const leader = { paysLate: () => undefined, callEnded: (failure?: Failure) => told.push(failure?.kind) } as unknown as Account
  let returned = 0
  const frames = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined), return: async () => void returned++ }) }
  const answered = Promise.withResolvers<Answer>()
  const departure = new Departure()
  const flight = new Flight(requestOf(departure), leader, () => answered.promise, {
    keepRunningMs: () => 0,
    onEnd: () => undefined,
    onEvents: () => undefined,
  })
  const joined = flight.join(requestOf(departure), leader)
  departure.leave()
  await expect(joined).rejects.toMatchObject({ kind: 'cancelled' })
  told.length = 0
  answered.resolve({ whole: undefined, held: [], relay: true, frames, headers: {}, dropped: [] } as unknown as Answer)
  await answered.promise
  await new Promise((resolve) => setImmediate(resolve))
  expect({ told, returned }).toEqual({ told: ['cancelled'], returned: 1 })
})
