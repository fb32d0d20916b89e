/**
 * What goes into an installer, packed here for Linux around a stand-in for Electron. It shows that the configuration holds, what is shipped and
 * how the fuses are set, and that the shipped code runs (in the emulator). It does not show that an installer installs.
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vectorsOf } from '../../electron/engine/cache/semantic/embedders/models.ts'
import type { ToThread } from '../../electron/engine/cache/semantic/worker/messages.ts'
import { launchEmulated } from '../desktop/launch.ts'
import { offerOf } from '../support/fake-hub.ts'
import { freePort } from '../support/free-port.ts'
import { madeModelFiles } from '../support/made-embedding-model.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { makeStandInElectron } from './stand-in-electron.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const PACKING_LIMIT_MS = 120_000

/** Every file of the archive matches one of these, so that nothing is shipped by accident. */
const SHIPPED = [
  /^\/package\.json$/,
  /^\/out\/main\/[\w-]+\.js$/,
  /^\/out\/preload\/preload\.cjs$/,
  /^\/out\/renderer\/index\.html$/,
  /^\/out\/renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2)$/,
  /^\/electron\/shell\/icons\/tray(Stopped)?(Template)?(@2x)?\.png$/,
  /^\/node_modules\/@huggingface\/transformers\/(LICENSE|package\.json|dist\/transformers\.web\.min\.js)$/,
  /^\/node_modules\/onnxruntime-web\/(package\.json|dist\/(ort\.node\.min\.js|ort\.webgpu\.bundle\.min\.mjs|ort-wasm-simd-threaded\.(mjs|wasm)))$/,
  /^\/node_modules\/onnxruntime-common\/(package\.json|dist\/(cjs|esm)\/([\w-]+\.js|package\.json))$/,
  /^\/node_modules\/better-sqlite3\/(LICENSE|package\.json|lib\/[\w/-]+\.js|prebuilds\/linux-x64\.node)$/,
  /^\/node_modules\/keytar\/(LICENSE\.md|package\.json|lib\/keytar\.js|prebuilds\/linux-x64\/keytar\.node)$/,
]

/** Our own code, the two native modules, and ONNX Runtime's WebAssembly with 14 MB. Most of the rest is prices and model data; a surprise here is a dependency that slipped in. */
const APP_LIMIT_BYTES = 39 * 1024 * 1024

describe('the Linux package', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let unpacked: string
  let archive: string

  beforeAll(async () => {
    folder = temporaryFolder()
    const electron = join(folder.path, 'electron')
    makeStandInElectron(electron)
    const builder = join(root, 'node_modules/electron-builder/cli.js')
    const overrides = [`-c.electronDist=${electron}`, `-c.directories.output=${join(folder.path, 'dist')}`]
    // Fails on an unknown or misspelt option of any platform.
    await promisify(execFile)(process.execPath, [builder, '--linux', '--dir', '--x64', '--publish', 'never', ...overrides], { cwd: root })
    unpacked = join(folder.path, 'dist/linux-unpacked')
    archive = join(unpacked, 'resources/app.asar')
  }, PACKING_LIMIT_MS)
  afterAll(() => folder[Symbol.dispose]())

  it('holds what the app needs and nothing else', () => {
    const listed = listPackage(archive, { isPack: false })
    const files = listed.filter((path) => !listed.some((other) => other.startsWith(`${path}/`)))
    expect(files.filter((path) => !SHIPPED.some((pattern) => pattern.test(path)))).toEqual([])
    expect(SHIPPED.filter((pattern) => !files.some((path) => pattern.test(path)))).toEqual([])
  })

  it('keeps the native modules outside the archive, where they can be loaded', () => {
    const native = readdirSync(`${archive}.unpacked`, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.node'))
    expect(native.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/keytar/prebuilds/linux-x64/keytar.node',
    ])
  })

  it('stays small', () => {
    const outside = readdirSync(`${archive}.unpacked`, { recursive: true, encoding: 'utf8' }).map((path) => statSync(join(`${archive}.unpacked`, path)).size)
    expect(outside.reduce((sum, size) => sum + size, statSync(archive).size)).toBeLessThan(APP_LIMIT_BYTES)
  })

  it('starts a local sentence model with nothing but what is shipped', async () => {
    using app = temporaryFolder()
    using model = temporaryFolder()
    extractAll(archive, app.path)
    const files = madeModelFiles()
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(model.path, path)), { recursive: true })
      writeFileSync(join(model.path, path), bytes)
    }
    const worker = new Worker(join(app.path, 'out/main/semantic-worker.js'))
    try {
      const asked = async (message: ToThread): Promise<unknown> => {
        worker.postMessage(message)
        return (await once(worker, 'message'))[0]
      }
      const offer = offerOf(files)
      expect(await asked({ do: 'load-model', call: 1, folder: model.path, model: offer })).toEqual({ call: 1, is: 'done', value: undefined })
      expect(await asked({ do: 'embed', call: 2, model: vectorsOf(offer), texts: ['bake a cake'] })).toMatchObject({ is: 'done', value: [{ length: 4 }] })
    } finally {
      await worker.terminate()
    }
  })

  it('has every fuse set that shuts a door', async () => {
    const { DISABLE, ENABLE } = FuseState
    const wire = await getCurrentFuseWire(join(unpacked, 'switchyard'))
    expect({
      runAsNode: wire[FuseV1Options.RunAsNode],
      cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
      nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
      asarIntegrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      onlyFromAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
      ownSnapshot: wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot],
      filePrivileges: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
    }).toEqual({
      runAsNode: DISABLE,
      cookieEncryption: ENABLE,
      nodeOptions: DISABLE,
      inspect: DISABLE,
      asarIntegrity: ENABLE,
      onlyFromAsar: ENABLE,
      ownSnapshot: DISABLE,
      filePrivileges: DISABLE,
    })
  })

  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'runs, taken out of its archive, on emulated electron (on Linux x64, which it is packed for)',
    async () => {
      const app = join(folder.path, 'app')
      extractAll(archive, app)
      expect(existsSync(join(app, 'node_modules/better-sqlite3/prebuilds/linux-x64.node'))).toBe(true)
      using data = temporaryFolder()
      const desktop = await launchEmulated({ dataDir: data.path, main: join(app, 'out/main/main.js'), flags: [`--port=${await freePort()}`] })
      expect(await desktop.page.title()).toBe('Switchyard')
      expect(await desktop.quit()).toBe(0)
    },
  )
})
