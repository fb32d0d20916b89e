import { client } from './client.ts'
import { mirrorOf } from './mirror.ts'

/** The copies that several screens share. */
export const catalog = mirrorOf(() => client['catalog.status']({}), ['models', 'catalog'], 150)
export const clientKeys = mirrorOf(() => client['clients.list']({}), ['clients'])
export const connectStatus = mirrorOf(() => client['connect.status']({}), ['settings', 'network'])
/** What the doctor finds at a glance. */
export const doctor = mirrorOf(() => client['doctor.check']({ thorough: false }), ['settings', 'keys', 'network', 'catalog'], 150)
/** Sentence models on this machine. */
export const localModels = mirrorOf(() => client['embedders.list']({}), ['embedders'])
export const models = mirrorOf(() => client['models.list']({}), ['models', 'providers', 'keys'], 150)
export const providers = mirrorOf(() => client['providers.list']({}), ['providers', 'keys'], 150)
/** The user's own routing in force, as its file holds it. */
export const routing = mirrorOf(() => client['routing.get']({}), ['routing'])
export const settings = mirrorOf(() => client['settings.get']({}), ['settings'])
export const totals = mirrorOf(() => client['traffic.totals']({}), ['traffic'], 1_000)
/** Whether there is a newer version, as far as somebody has looked. */
export const updates = mirrorOf(() => client['updates.status']({}), ['updates', 'settings'])
export const vaultStatus = mirrorOf(() => client['vault.status']({}), ['keys', 'settings'])
