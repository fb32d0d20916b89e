/** What the fake engine's models say, and how fast. Times are milliseconds at pace 1. */
import type { FailureKind } from '../../shared/failure.ts'

export interface Script {
  readonly firstAfterMs: number
  readonly everyMs: number
  readonly reasoning?: string
  readonly text: string
  readonly tool?: { readonly name: string; readonly arguments: string }
  readonly fails?: { readonly outcome: FailureKind; readonly message: string; readonly retryAfterSeconds?: number; readonly afterCharacters?: number }
}

const SWIFT = `**Breaker open** means the endpoint is skipped until its cool-down ends.

- Requests go to the next candidate at once.
- One trial request closes it again.
`

const STEADY = `A circuit breaker protects callers from an endpoint that keeps failing.

### Three states

1. **Closed**: requests pass and failures are counted.
2. **Open**: after five failures in a row nothing is sent for a while.
3. **Half open**: one request is let through; its result decides.

\`\`\`ts
function allows(breaker: Breaker, now: number): boolean {
  return breaker.is !== 'open' || now >= breaker.until
}
\`\`\`

The caller sees a quick failure instead of a slow one, and can go elsewhere.
`

const SCHOLAR = `## What a circuit breaker does

When an endpoint fails again and again, waiting for it helps nobody. A breaker remembers recent failures and refuses early, which is kinder to the caller *and* to the endpoint.

| State | Requests | Leaves when |
|---|---|---|
| Closed | pass | failures reach the limit |
| Open | refused at once | the cool-down has ended |
| Half open | one trial | the trial succeeds or fails |

> The first published account is in Nygard’s *Release It!*; read it [with the pattern catalog](https://example.org/breaker).

\`\`\`ts
const next = match(state, {
  closed: (failures) => (failures >= limit ? open(now + coolDown) : closed(failures)),
  open: (until) => (now >= until ? halfOpen() : open(until)),
  halfOpen: (succeeded) => (succeeded ? closed(0) : open(now + coolDown)),
})
\`\`\`

Two details matter in practice:

1. Count *consecutive* failures, or a rate over a window; a lone timeout is noise.
2. Let **one** trial through, not everyone: a thousand callers released at once would knock the endpoint over again.

![an image that must not load](https://example.org/pixel.png)
`

const SCRIPTS: Readonly<Record<string, Script>> = {
  'demo/swift': { firstAfterMs: 120, everyMs: 12, text: SWIFT },
  'demo/steady': { firstAfterMs: 420, everyMs: 22, text: STEADY },
  'demo/scholar': {
    firstAfterMs: 700,
    everyMs: 16,
    reasoning:
      'The question is short, so the reader probably wants the idea first and the states second. A table compares the states well; a small example shows the transitions.\n',
    text: SCHOLAR,
  },
  'bench/limited': {
    firstAfterMs: 300,
    everyMs: 10,
    text: '',
    fails: { outcome: 'rate-limited', message: 'Test bench limits how often this key may ask: “Rate limit reached for requests”.', retryAfterSeconds: 12 },
  },
  'bench/silent': { firstAfterMs: 120_000, everyMs: 10, text: 'At last.' },
  'bench/breaks': {
    firstAfterMs: 200,
    everyMs: 15,
    text: STEADY,
    fails: { outcome: 'stream-broken', message: 'Test bench broke off in the middle of its answer.', afterCharacters: 160 },
  },
  'bench/tools': {
    firstAfterMs: 200,
    everyMs: 15,
    text: 'I need the weather first.',
    tool: { name: 'get_weather', arguments: '{"city":"Lisbon","unit":"celsius"}' },
  },
}

export function scriptOf(model: string): Script {
  return SCRIPTS[model] ?? { firstAfterMs: 500, everyMs: 18, text: STEADY }
}

/** Pieces as a model streams them: a few characters each, spaces kept. */
export function pieces(text: string): readonly string[] {
  return text.match(/\s*\S{1,7}/g)?.concat(/\s+$/.exec(text)?.[0] ?? []) ?? []
}
