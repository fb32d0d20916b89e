/** The endings by which a name asks for more than a model, as OpenRouter has them: https://openrouter.ai/docs/features/provider-routing */

export interface NameWish {
  readonly sort?: 'price' | 'throughput'
  readonly onlyFree?: true
}

const WISHES: Readonly<Record<string, NameWish>> = {
  ':free': { onlyFree: true },
  ':floor': { sort: 'price' },
  ':nitro': { sort: 'throughput' },
}

/** The name without its endings, and what they ask for. undefined where there is none of them. */
export function splitSuffix(name: string): { readonly base: string; readonly wish: NameWish } | undefined {
  let base = name
  let wish: NameWish = {}
  for (;;) {
    const colon = base.lastIndexOf(':')
    const asked = colon > 0 ? WISHES[base.slice(colon)] : undefined
    if (asked === undefined) break
    base = base.slice(0, colon)
    wish = { ...asked, ...wish }
  }
  return base === name ? undefined : { base, wish }
}
