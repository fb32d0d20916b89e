import { expect, it } from 'vitest'
import { defaultDataDir } from '../../../electron/data-dir.ts'

it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['linux', {}, '/home/me/.local/share/switchyard'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/switchyard'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/me/.local/share/switchyard'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/me/.local/share/switchyard'],
  ['darwin', {}, '/home/me/Library/Application Support/Switchyard'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Switchyard'],
  ['win32', {}, '/home/me/AppData/Local/Switchyard'],
])('data lies, on %s with %j, in %s', (platform, env, folder) => {
  expect(defaultDataDir(platform, env, '/home/me')).toBe(folder)
})
