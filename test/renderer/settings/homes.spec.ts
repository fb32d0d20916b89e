/** Each setting has a place in the window, or a reason why it has none. Held as data, so that a new one is not forgotten. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GROUPS } from '../../../renderer/features/settings/items.ts'
import { settingsSchema } from '../../../shared/settings.ts'

/** Changed elsewhere than on the Settings screen: by path, the file of its control. The file must name it. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  vault: 'providers/vault-chooser.tsx',
  customProviders: 'providers/custom-provider.tsx',
  baseUrls: 'providers/provider-menu.tsx',
  privateBaseUrls: 'providers/provider-menu.tsx',
  'routing.keyLimits': 'providers/key-limits.tsx',
  'routing.dataPolicies': 'providers/provider-menu.tsx',
  'budgets.overall.day': 'costs/budgets.tsx',
  'budgets.overall.month': 'costs/budgets.tsx',
  'budgets.clients': 'costs/budgets.tsx',
  'budgets.unpriced': 'costs/budgets.tsx',
  ...inFile('cache/settings/dialog.tsx', 'cache', [
    ...['use', 'clients', 'share', 'ttlSeconds', 'mostEntries', 'mostBytes', 'temperature', 'seed', 'tools', 'pace', 'typedCharactersPerSecond'],
    ...['checkOneIn', 'embedder', 'semanticModel', 'targetErrorRate'],
  ]),
  ...inFile('routing/auto/slider-section.tsx', 'auto', ['slider', 'allowed', 'excluded', 'sticky']),
  ...inFile('routing/auto/where.tsx', 'auto', ['regions', 'dataPolicy']),
  'auto.pairs': 'routing/auto/pairs.tsx',
  'auto.clients': 'routing/auto/clients.tsx',
  ...inFile('routing/auto/qualities.tsx', 'auto', ['tiers', 'qualities']),
  ...inFile('routing/auto/learns.tsx', 'auto.learns', ['reAsked', 'edited', 'wentOn', 'wrong', 'checks']),
  'auto.embeds': 'routing/auto/learns.tsx',
  ...inFile('routing/auto/escalation.tsx', 'auto.escalation', [...['enabled', 'mostTries', 'refusals', 'tests', 'samples', 'agreement', 'verifier']]),
}

/** What the control's file calls it, where that is not the name in the settings: these have routes of their own. */
const CALLED: Readonly<Record<string, string>> = {
  vault: 'VaultChooser',
  customProviders: 'CustomProviderDialog',
  baseUrls: 'setAddress',
  privateBaseUrls: 'inPrivateNetwork',
  'routing.dataPolicies': 'setContract',
  'budgets.clients': 'setBudget',
}

/** Without a control, and why. */
const NOWHERE: Readonly<Record<string, string>> = {}

function inFile(file: string, group: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${group}.${name}`, file]))
}

/** Paths of the schema down to what has a value: records and lists are one setting each. */
function pathsOf(schema: z.ZodType, path = ''): string[] {
  const inner = bare(schema)
  if (!(inner instanceof z.ZodObject)) return [path]
  return Object.entries(inner.shape).flatMap(([name, field]) => pathsOf(field as z.ZodType, path === '' ? name : `${path}.${name}`))
}

function bare(schema: z.ZodType): z.ZodType {
  const isWrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
  return isWrapped ? bare(schema.def.innerType as z.ZodType) : schema
}

const paths = pathsOf(settingsSchema)
const here = new Set<string>(GROUPS.flatMap(({ items }) => items.map(({ path }) => path)))

describe('each setting', () => {
  it('is found by walking the schema, optional ones too', () => {
    expect(paths).toEqual(
      expect.arrayContaining(['theme', 'attempts.mostUsd', 'auto.regions', 'auto.escalation.verifier', 'routing.dataPolicies', 'catalog.priceList']),
    )
  })

  it.each(paths)('%s has one home', (path) => {
    const homes = [here.has(path), Object.hasOwn(ELSEWHERE, path), Object.hasOwn(NOWHERE, path)]
    expect(homes.filter(Boolean)).toHaveLength(1)
  })

  it.each(Object.entries(ELSEWHERE))('%s is changed in %s', (path, file) => {
    expect(paths).toContain(path)
    const name = CALLED[path] ?? path.split('.').at(-1)
    expect(readFileSync(new URL(`../../../renderer/features/${file}`, import.meta.url), 'utf8')).toMatch(new RegExp(`\\b${name}\\b`))
  })
})
