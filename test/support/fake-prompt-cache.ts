/** Prompt caches of providers for screens, made up: two prefixes that are warm, one of them worth a call that keeps it. */
import type { promptCacheApi, WarmPrefixSummary } from '../../shared/api/prompt-cache.ts'
import { ApiError, type Handlers } from '../../shared/contract.ts'
import { asNanoUsd } from '../../shared/money.ts'

export function fakePromptCache(startedAt: number, changed: () => void): Handlers<typeof promptCacheApi> {
  let prefixes: readonly WarmPrefixSummary[] = [
    {
      ...{ id: 'warm-1', client: 'client-1', title: 'Refactor the router so that keys rest', model: 'claude-sonnet-4-5', tokens: 152_000 },
      ...{ endpoint: 'anthropic/claude-sonnet-4-5', key: { id: 'cred-1', label: 'Work' }, until: startedAt + 4 * 60_000, worth: asNanoUsd(410_400_000) },
      keepWarm: { is: 'offered', cost: asNanoUsd(45_615_000), paysFrom: 0.111, keptForMs: 300_000 },
    },
    {
      ...{ id: 'warm-2', client: 'client-1', title: 'Name this conversation', model: 'gemini-2.5-flash', tokens: 4_100 },
      ...{ endpoint: 'google/gemini-2.5-flash', key: undefined, until: startedAt + 3 * 60_000, worth: asNanoUsd(920_000) },
      keepWarm: { is: 'not-offered', reason: 'not-renewed', why: 'Its provider does not say that reading a prefix keeps it.' },
    },
  ]
  return {
    'promptCache.list': () => prefixes,
    'promptCache.ofConversation': ({ question }) => (question.includes('warm') ? (prefixes[0] ?? null) : null),
    'promptCache.keepWarm': ({ id }) => {
      const found = prefixes.find((prefix) => prefix.id === id)
      if (found?.keepWarm.is !== 'offered') throw new ApiError('bad-input', 'This prefix is not warm any more.')
      const until = Date.now() + found.keepWarm.keptForMs
      prefixes = prefixes.map((prefix) => (prefix === found ? { ...prefix, until } : prefix))
      changed()
      return { cost: found.keepWarm.cost, wasWarm: true, until }
    },
  }
}
