/**
 * Three providers that fail at rates which change again and again, one of them well at any time, under many requests at once. What must hold: no client
 * sees a failure, no request takes more attempts than its budget, no row stays open, and hardly more calls are made than there are requests.
 */
import { type Answering, fakeUpstream } from '../support/fake-upstream.ts'
import { FAULTS, GOOD_TEXT, good } from '../support/faults.ts'
import { startGateway, TEST_KEYS } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

export interface Chaos {
  readonly requests: number
  /** Rates change after so many requests. */
  readonly phase: number
  readonly atOnce: number
  readonly seed: number
}

export interface ChaosResult {
  readonly calls: number
  readonly failed: number
  /** Requests with more attempts than the budget allows. */
  readonly overBudget: number
  readonly open: number
  readonly mostAttempts: number
  readonly firstFailure: string | undefined
}

export const ATTEMPTS = 6
const PROVIDERS = ['chaos-a', 'chaos-b', 'chaos-c'] as const
/** What can be mended elsewhere, and does not take its time. */
const MENDABLE = FAULTS.filter(({ what }) =>
  ['408', '429 with Retry-After', '500', '502', '503', '529', 'HTML body', 'role chunk then error', 'malformed SSE', 'reset before the answer'].includes(what),
)

export async function runChaos({ requests, phase, atOnce, seed }: Chaos): Promise<ChaosResult> {
  const random = randomFrom(seed)
  let rates: Readonly<Record<string, number>> = {}
  const change = (): void => {
    const well = PROVIDERS[Math.floor(random() * PROVIDERS.length)]
    rates = Object.fromEntries(PROVIDERS.map((id) => [id, id === well ? 0 : random()]))
  }
  const upstream = await fakeUpstream((seen, response) => {
    const fails = random() < (rates[seen.url.split('/')[1] ?? ''] ?? 0)
    const fault: Answering | undefined = MENDABLE[Math.floor(random() * MENDABLE.length)]?.answer
    return (fails && fault !== undefined ? fault : good)(seen, response)
  })
  const running = await startGateway({
    settings: {
      customProviders: PROVIDERS.map((id) => ({ id, name: id, baseUrl: `${upstream.url}/${id}`, needsKey: false })),
      attempts: { most: ATTEMPTS, backoffMs: 10 },
      capture: 'none',
    },
  })
  try {
    let started = 0
    let failed = 0
    let firstFailure: string | undefined
    const work = async (): Promise<void> => {
      while (started < requests) {
        if (started % phase === 0) change()
        started++
        const [model, ...models] = PROVIDERS.map((id) => `${id}/m`).sort(() => random() - 0.5)
        const body = {
          ...{ model, models, stream: random() < 0.5, messages: [{ role: 'user', content: 'Tell me a story.' }] },
          // any of the three will do: whoever is well comes first
          provider: { sort: { by: 'latency', partition: 'none' } },
        }
        const answer = await raw(`${running.address}/v1/chat/completions`, {
          headers: { authorization: `Bearer ${TEST_KEYS.client}` },
          body: JSON.stringify(body),
        })
        if (answer.status === 200 && answer.text.includes(GOOD_TEXT) && !answer.text.includes('"error"')) continue
        failed++
        firstFailure ??= `${answer.status} ${answer.text.slice(0, 500)}`
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    const attempts = await attemptsOfAll(running)
    return {
      calls: upstream.seen.length,
      failed,
      firstFailure,
      overBudget: attempts.counts.filter((count) => count > ATTEMPTS).length,
      open: attempts.open,
      mostAttempts: Math.max(...attempts.counts),
    }
  } finally {
    await running.close()
    await upstream.close()
  }
}

async function attemptsOfAll(running: Awaited<ReturnType<typeof startGateway>>): Promise<{ readonly counts: readonly number[]; readonly open: number }> {
  const counts: number[] = []
  let open = 0
  let before: string | undefined
  do {
    const page = await running.client['traffic.list']({ limit: 500, before })
    if (!page.ok) throw new Error(page.failure.message)
    for (const { attempts, outcome } of page.value.rows) {
      counts.push(attempts.length)
      if (outcome === 'open') open++
    }
    before = page.value.cursor
  } while (before !== undefined)
  return { counts, open }
}

/** Mulberry32: the same run for the same seed, as far as the network lets it be. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
