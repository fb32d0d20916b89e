// Switchyard as a target of ../shared/bench: the built headless engine with everything on (client key, ledger, capture, plan).
import { fileURLToPath } from 'node:url'

const headless = fileURLToPath(new URL('../../out/main/headless.js', import.meta.url))
// made up for the bench; opens nothing anywhere else
const clientKey = 'bench-client-key-0123456789abcdef'
const settings = { customProviders: [{ id: 'mock', name: 'Mock', baseUrl: '{upstream}/v1', needsKey: false }] }

export const targets = {
  switchyard: {
    cmd: ['{node}', headless, '--port', '{port}', '--data-dir', '{home}/data', '--vault', 'memory', '--no-open'],
    files: { 'data/settings.json': JSON.stringify(settings) },
    env: { SWITCHYARD_CLIENT_KEY: clientKey },
    headers: { authorization: `Bearer ${clientKey}` },
    model: 'mock/mock-model',
  },
}
