/** All settings that have a control here, as data: on which page, of which kind. Their words are in texts.ts, by path. */
import type { Settings } from '../../../shared/settings.ts'
import { ATTEMPTS, CAPTURE, type Change, KEEP_RESPONSES, type Limit, type LimitPath, MERGING, ROUTING, TIMEOUTS } from './limits.ts'

export const PAGES = ['general', 'appearance', 'shortcuts', 'storage', 'network', 'security', 'updates', 'transfer', 'about'] as const
export type PageId = (typeof PAGES)[number]

export interface ToggleItem {
  readonly kind: 'toggle'
  readonly path: TogglePath
  readonly read: (settings: Settings) => boolean
  readonly write: (settings: Settings, value: boolean) => Change
}

export interface ChoiceItem {
  readonly kind: 'choice'
  readonly path: ChoicePath
  readonly values: readonly string[]
  /** Side by side. */
  readonly bar: boolean
  readonly read: (settings: Settings) => string
  readonly write: (settings: Settings, value: string) => Change
}

export interface LimitItem {
  readonly kind: 'limit'
  readonly path: LimitPath
  readonly limit: Limit
}

/** Drawn by a component of its own. */
export interface OwnItem {
  readonly kind: 'own'
  readonly path: OwnPath
}

export type Item = ToggleItem | ChoiceItem | LimitItem | OwnItem
export type TogglePath =
  | ('responses.store' | 'demoKey' | 'lan' | 'debug.checkStreams' | 'fetchFromPrivateNetworks')
  | ('routing.localFirst' | 'routing.afterContentPolicy' | 'routing.hedge')
export type ChoicePath =
  | 'theme'
  | 'contrast'
  | 'language'
  | 'capture'
  | 'promptCache.anthropic'
  | 'promptCache.openai'
  | 'merging.when'
  | 'catalog.refresh'
  | 'updates.check'
export type OwnPath =
  | ('shortcuts' | 'allowedOrigins' | 'attempts.mostUsd' | 'catalog.priceList' | 'updates.feed')
  // no settings, but looked for here
  | ('keys' | 'cache' | 'dataFolder' | 'version' | 'updates.status' | 'doctor' | 'network.check' | 'export' | 'import' | 'backups')
  // checked and kept by routes of their own
  | ('network.proxy' | 'network.caFile')
export type ItemPath = TogglePath | ChoicePath | LimitPath | OwnPath

export interface ItemGroup {
  readonly id: GroupId
  readonly page: PageId
  readonly items: readonly Item[]
}

export type GroupId =
  | ('routing' | 'prices' | 'caching' | 'merging' | 'debugging' | 'appearance' | 'shortcuts' | 'capture' | 'responses' | 'dataFolder')
  | ('timeouts' | 'attempts' | 'access' | 'keys' | 'updates' | 'doctor' | 'about')
  | ('proxy' | 'authorities' | 'connection' | 'export' | 'import' | 'backups')

function toggle(path: TogglePath, read: ToggleItem['read'], write: ToggleItem['write']): Item {
  return { kind: 'toggle', path, read, write }
}

function choice<Value extends string>(
  path: ChoicePath,
  values: readonly Value[],
  read: (settings: Settings) => Value,
  write: (settings: Settings, value: Value) => Change,
  bar = false,
): Item {
  // a radio button gives back one of `values`
  return { kind: 'choice', path, values, bar, read, write: (settings, value) => write(settings, value as Value) }
}

const limits = (all: readonly Limit[]): readonly Item[] => all.map((limit) => ({ kind: 'limit', path: limit.path, limit }))
const own = (path: OwnPath): Item => ({ kind: 'own', path })
const BAR = true

export const GROUPS: readonly ItemGroup[] = [
  {
    id: 'routing',
    page: 'general',
    items: [
      toggle(
        'routing.localFirst',
        ({ routing }) => routing.localFirst,
        ({ routing }, localFirst) => ({ routing: { ...routing, localFirst } }),
      ),
      toggle(
        'routing.afterContentPolicy',
        ({ routing }) => routing.afterContentPolicy,
        ({ routing }, afterContentPolicy) => ({ routing: { ...routing, afterContentPolicy } }),
      ),
      toggle(
        'routing.hedge',
        ({ routing }) => routing.hedge,
        ({ routing }, hedge) => ({ routing: { ...routing, hedge } }),
      ),
      ...limits(ROUTING),
    ],
  },
  {
    id: 'prices',
    page: 'general',
    items: [
      choice(
        'catalog.refresh',
        ['off', 'daily'],
        ({ catalog }) => catalog.refresh,
        ({ catalog }, refresh) => ({ catalog: { ...catalog, refresh } }),
        BAR,
      ),
      own('catalog.priceList'),
    ],
  },
  {
    id: 'caching',
    page: 'general',
    items: [
      choice(
        'promptCache.anthropic',
        ['off', 'safe', 'aggressive'],
        ({ promptCache }) => promptCache.anthropic,
        ({ promptCache }, anthropic) => ({ promptCache: { ...promptCache, anthropic } }),
      ),
      choice(
        'promptCache.openai',
        ['off', 'safe', 'aggressive'],
        ({ promptCache }) => promptCache.openai,
        ({ promptCache }, openai) => ({ promptCache: { ...promptCache, openai } }),
      ),
      own('cache'),
    ],
  },
  {
    id: 'merging',
    page: 'general',
    items: [
      choice(
        'merging.when',
        ['never', 'temperature-0', 'always'],
        ({ merging }) => merging.when,
        ({ merging }, when) => ({ merging: { ...merging, when } }),
      ),
      ...limits(MERGING),
    ],
  },
  {
    id: 'debugging',
    page: 'general',
    items: [
      toggle(
        'debug.checkStreams',
        ({ debug }) => debug.checkStreams,
        ({ debug }, checkStreams) => ({ debug: { ...debug, checkStreams } }),
      ),
    ],
  },
  {
    id: 'appearance',
    page: 'appearance',
    items: [
      choice(
        'theme',
        ['system', 'light', 'dark'],
        ({ theme }) => theme,
        (_, theme) => ({ theme }),
        BAR,
      ),
      choice(
        'contrast',
        ['system', 'more'],
        ({ contrast }) => contrast,
        (_, contrast) => ({ contrast }),
        BAR,
      ),
      choice(
        'language',
        ['system', 'en', 'de'],
        ({ language }) => language,
        (_, language) => ({ language }),
        BAR,
      ),
    ],
  },
  { id: 'shortcuts', page: 'shortcuts', items: [own('shortcuts')] },
  {
    id: 'capture',
    page: 'storage',
    items: [
      choice(
        'capture',
        ['all', 'errors', 'none'],
        ({ capture }) => capture,
        (_, capture) => ({ capture }),
      ),
      ...limits(CAPTURE),
    ],
  },
  {
    id: 'responses',
    page: 'storage',
    items: [
      toggle(
        'responses.store',
        ({ responses }) => responses.store,
        ({ responses }, store) => ({ responses: { ...responses, store } }),
      ),
      ...limits([KEEP_RESPONSES]),
    ],
  },
  { id: 'dataFolder', page: 'storage', items: [own('dataFolder')] },
  { id: 'proxy', page: 'network', items: [own('network.proxy')] },
  { id: 'authorities', page: 'network', items: [own('network.caFile')] },
  { id: 'connection', page: 'network', items: [own('network.check')] },
  { id: 'timeouts', page: 'network', items: limits(TIMEOUTS) },
  { id: 'attempts', page: 'network', items: [...limits(ATTEMPTS), own('attempts.mostUsd')] },
  {
    id: 'access',
    page: 'security',
    items: [
      toggle(
        'demoKey',
        ({ demoKey }) => demoKey,
        (_, demoKey) => ({ demoKey }),
      ),
      toggle(
        'lan',
        ({ lan }) => lan,
        (_, lan) => ({ lan }),
      ),
      own('allowedOrigins'),
      toggle(
        'fetchFromPrivateNetworks',
        (settings) => settings.fetchFromPrivateNetworks,
        (_, fetchFromPrivateNetworks) => ({ fetchFromPrivateNetworks }),
      ),
    ],
  },
  { id: 'keys', page: 'security', items: [own('keys')] },
  {
    id: 'updates',
    page: 'updates',
    items: [
      own('updates.status'),
      choice(
        'updates.check',
        ['off', 'daily'],
        ({ updates }) => updates.check,
        ({ updates }, check) => ({ updates: { ...updates, check } }),
        BAR,
      ),
      own('updates.feed'),
    ],
  },
  { id: 'export', page: 'transfer', items: [own('export')] },
  { id: 'import', page: 'transfer', items: [own('import')] },
  { id: 'backups', page: 'transfer', items: [own('backups')] },
  { id: 'doctor', page: 'about', items: [own('doctor')] },
  { id: 'about', page: 'about', items: [own('version')] },
]
