import { describe, expect, it } from 'vitest'
import { cancelRuleOf, PROVIDERS_WITH_CANCEL_RULES } from '../../../../../electron/engine/catalog/billing-rules.ts'
import { providersWith } from '../../../../../electron/engine/providers/registry.ts'

const providers = providersWith([])

describe('who goes on charging after a cancel', () => {
  it.each(PROVIDERS_WITH_CANCEL_RULES)('%s: is a provider of ours, with a page that says so or a mark that it is assumed', (id) => {
    const provider = providers.get(id)
    expect(provider).toBeDefined()
    const rule = cancelRuleOf(id)
    expect(rule?.source).toMatch(/^https:\/\//)
    // a page of somebody else's is no documentation of the provider
    const host = (url: string | undefined) => (url === undefined ? undefined : new URL(url).host.split('.').slice(-2).join('.'))
    if (rule?.assumed === false) expect(host(rule.source)).toBe(host(provider?.docs))
    else expect(host(rule?.source)).not.toBe(host(provider?.docs))
  })

  it('is unknown of everybody else', () => {
    expect(cancelRuleOf('nobody')).toBeUndefined()
    expect(cancelRuleOf('openrouter')).toBeUndefined()
  })
})
