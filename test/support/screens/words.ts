/** The window's own words, by screen: states are reached by them, so that they are reached in every language. */
import { CACHE_TEXTS } from '../../../renderer/features/cache/texts.ts'
import { CONNECT_TEXTS } from '../../../renderer/features/connect/texts.ts'
import { COSTS_TEXTS } from '../../../renderer/features/costs/texts.ts'
import { MODELS_TEXTS } from '../../../renderer/features/models/texts.ts'
import { texts as LIBRARY_TEXTS } from '../../../renderer/features/playground/library/texts.ts'
import { texts as MATRIX_TEXTS } from '../../../renderer/features/playground/matrix/texts.ts'
import { texts as PLAYGROUND_TEXTS } from '../../../renderer/features/playground/texts.ts'
import { PROVIDERS_TEXTS } from '../../../renderer/features/providers/texts.ts'
import { ROUTING_TEXTS } from '../../../renderer/features/routing/texts.ts'
import { DRAWER_TEXTS } from '../../../renderer/features/traffic/drawer-texts.ts'
import { TRAFFIC_TEXTS } from '../../../renderer/features/traffic/texts.ts'
import { FRAME_TEXTS } from '../../../renderer/frame/texts.ts'
import type { Language, Texts } from '../../../renderer/i18n/texts.ts'

const ALL_TEXTS = {
  cache: CACHE_TEXTS,
  connect: CONNECT_TEXTS,
  costs: COSTS_TEXTS,
  drawer: DRAWER_TEXTS,
  frame: FRAME_TEXTS,
  library: LIBRARY_TEXTS,
  matrix: MATRIX_TEXTS,
  models: MODELS_TEXTS,
  playground: PLAYGROUND_TEXTS,
  providers: PROVIDERS_TEXTS,
  routing: ROUTING_TEXTS,
  traffic: TRAFFIC_TEXTS,
} as const

export type Words = { readonly [Name in keyof typeof ALL_TEXTS]: (typeof ALL_TEXTS)[Name] extends Texts<infer Shape> ? Shape : never }

/** All words of the window in one language. */
export function wordsIn(language: Language): Words {
  return Object.fromEntries(Object.entries(ALL_TEXTS).map(([name, texts]) => [name, texts[language]])) as Words
}
