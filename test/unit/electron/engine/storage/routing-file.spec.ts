import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RoutingChanged, RoutingFile } from '../../../../../electron/engine/storage/routing-file.ts'
import { NO_ROUTING } from '../../../../../shared/routing-config.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const ALIAS = { version: 1, aliases: { fast: { models: [{ model: 'groq/llama' }] } } }

describe('routing.json', () => {
  it('is not needed', () => {
    using made = temporaryFolder()
    expect(new RoutingFile(made.path).current).toEqual({ config: NO_ROUTING, revision: '' })
  })

  it('is written whole, private, and read again', () => {
    using made = temporaryFolder()
    const folder = made.path
    const saved = new RoutingFile(folder).save(ALIAS, '')
    expect(new RoutingFile(folder).current).toEqual(saved)
    expect(statSync(join(folder, 'routing.json')).mode & 0o077).toBe(0)
  })

  it('is not overwritten by who has not seen its last change', () => {
    using made = temporaryFolder()
    const folder = made.path
    const file = new RoutingFile(folder)
    const first = file.save(ALIAS, '')
    writeFileSync(join(folder, 'routing.json'), JSON.stringify({ version: 1 }))
    expect(() => file.save(ALIAS, first.revision)).toThrow(RoutingChanged)
    expect(file.reload().config).toEqual(NO_ROUTING)
    expect(file.save(ALIAS, file.current.revision).config.aliases.fast?.models).toHaveLength(1)
  })

  it('keeps the last five versions beside it', () => {
    using made = temporaryFolder()
    const folder = made.path
    const file = new RoutingFile(folder)
    for (let turn = 0; turn < 8; turn++) file.save({ ...ALIAS, presets: { [`p${turn}`]: {} } }, file.current.revision)
    const kept = (version: number): string => readFileSync(join(folder, `routing.json.${version}`), 'utf8')
    expect([kept(1).includes('p6'), kept(5).includes('p2'), existsSync(join(folder, 'routing.json.6'))]).toEqual([true, true, false])
  })

  it.each([
    ['{', 'is not valid JSON'],
    ['{"version":1,"rules":[{"name":"r","when":{},"actions":[]}]}', 'rules.0.actions'],
  ])('with a mistake in it is refused by its place: %s', (text, message) => {
    using made = temporaryFolder()
    const folder = made.path
    writeFileSync(join(folder, 'routing.json'), text)
    expect(() => new RoutingFile(folder)).toThrow(message)
  })

  it('leaves what is in force when what is saved is wrong', () => {
    using made = temporaryFolder()
    const file = new RoutingFile(made.path)
    const before = file.save(ALIAS, '')
    expect(() => file.save({ version: 1, aliases: { fast: { models: [] } } }, before.revision)).toThrow('aliases.fast.models')
    expect(file.current).toEqual(before)
  })
})
