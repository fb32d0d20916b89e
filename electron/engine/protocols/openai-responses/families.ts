/** What providers and models of this format take, as data. Sources: recorded exchanges; https://developers.openai.com/api/docs/guides/prompt-caching */
import { type FamilyPolicy, familyOf, MOST_BREAKPOINTS, takesBreakpoints } from '../openai-chat/families.ts'
import type { WriteTarget } from '../protocol.ts'

export interface Target {
  /** OpenAI's own models, wherever they are served. */
  readonly isOpenAi: boolean
  readonly family: FamilyPolicy | undefined
  /** Whether encrypted reasoning can be asked for; models that do not reason answer 400. */
  readonly encryptsReasoning: boolean
  /** How many explicit cache breakpoints a request may hold. */
  readonly breakpoints: number
}

const OPENAI_HOSTS: ReadonlySet<string> = new Set(['openai', 'azure'])

export function targetOf({ provider, upstreamModel }: Pick<WriteTarget, 'provider' | 'upstreamModel'>): Target {
  // openai/gpt-5 at OpenRouter, openai.gpt-5 at Bedrock
  const name = upstreamModel.toLowerCase().replace(/^openai[./]/, '')
  const family = familyOf(name)
  return {
    isOpenAi: family !== undefined || OPENAI_HOSTS.has(provider),
    family,
    encryptsReasoning: provider === 'xai' || (family !== undefined && !/-chat/.test(name)),
    breakpoints: takesBreakpoints(name) ? MOST_BREAKPOINTS : 0,
  }
}
