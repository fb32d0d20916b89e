/** How calls leave this machine: through which proxy, and whose certificates are trusted. Replaced whole when it changes, so that clients see that by a comparison. */
import type { SecureContext } from 'node:tls'
import { type OutboundProxy, type ProxyRules, proxyFor } from './proxy.ts'
import type { Target } from './target.ts'

export interface Outbound {
  /** undefined: straight to the target. */
  readonly proxyFor: (target: Target) => OutboundProxy | undefined
  /** The usual roots and the user's own; undefined for the usual ones alone. */
  readonly secureContext: SecureContext | undefined
}

export const STRAIGHT: Outbound = { proxyFor: () => undefined, secureContext: undefined }

/** Targets repeat from request to request, so what was decided is remembered. */
const REMEMBERED = 1_000

export function outboundOf(rules: ProxyRules | undefined, secureContext: SecureContext | undefined): Outbound {
  if (rules === undefined) return secureContext === undefined ? STRAIGHT : { ...STRAIGHT, secureContext }
  const decided = new Map<string, OutboundProxy | undefined>()
  return {
    secureContext,
    proxyFor(target) {
      if (decided.has(target.origin)) return decided.get(target.origin)
      const proxy = proxyFor(rules, target)
      if (decided.size > REMEMBERED) decided.clear()
      decided.set(target.origin, proxy)
      return proxy
    },
  }
}

export function proxyHeaders({ authorization }: OutboundProxy): Record<string, string> {
  return authorization === undefined ? {} : { 'proxy-authorization': authorization.use((value) => value) }
}
