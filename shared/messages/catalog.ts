/** What is said of models and their prices, and of where that is fetched from. */

import type { MessageOf, Said, Sentences } from './message.ts'
import { lessPercent, OWN_SOURCES } from './price-source.ts'

export const CATALOG_MESSAGES = {
  'not-running': ({ provider }: { provider: string }) => `${provider} is not running.`,
  'no-key-for': ({ provider }: { provider: string }) => `No key for ${provider} yet.`,
  'key-says': ({ label, why }: { label: string; why: Said }, say) => `${label}: ${say(why)}`,

  'no-price-yet': () => 'no price is in force yet',
  'unlisted-model': () => 'no price list of ours names this model',
  'unpriced-model': () => 'no price list of ours has a price for this model',
  'named-without-price': () => 'the source names the model without a price',
  'charged-otherwise': ({ key }: { key: string }) => `charged in a way that tokens alone do not tell (${key})`,
  'taken-from-openrouter': () => 'the source took this price over from OpenRouter',
  'not-whole': ({ key, usd, unit }: { key: string; usd: number; unit: 'nano-USD' | 'micro-USD' }) =>
    `the ${key} price of $${usd} is no whole number of ${unit}`,
  'file-searches-apart': () => 'file searches of the provider are charged apart',
  'cached-pictures-apart': () => 'cached pictures are charged at a price of their own',
  'fee-untold': () => 'a fee by the request comes on top, and only the answer tells how much',
  'free-offer': () => 'free of charge, with the limits of a free offer',

  'runs-here': () => OWN_SOURCES['runs-here'],
  'simulated-here': () => OWN_SOURCES['simulated-here'],
  'made-up': () => OWN_SOURCES['made-up'],
  'less-percent': ({ source, percent }: { source: Said; percent: number }, say) => lessPercent(say(source), percent),

  'list-is-none': ({ provider }: { provider: string }) => `${provider} answered with something that is no list of models.`,
  'list-empty': ({ provider }: { provider: string }) => `${provider} answered with an empty list of models.`,
  'list-status': ({ status }: { status: number }) => `answered with status ${status}`,
  'list-not-json': () => 'answered with something that is not JSON',
  'names-no-version': () => 'answered with something that names no version',
} satisfies Sentences

export type CatalogMessage = MessageOf<typeof CATALOG_MESSAGES>
