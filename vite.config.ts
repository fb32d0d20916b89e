/**
 * One `vite build --app` makes everything that runs: the workbench (client), the engine with its two entries and the storage worker (main), and
 * the preload, which has to be CommonJS because sandboxed preloads cannot be modules. Only native modules stay outside the bundles.
 */
import { existsSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type EnvironmentOptions, type ProxyOptions } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const NOT_BUNDLED = ['electron', 'better-sqlite3', 'keytar']
const EXTERNAL = [...NOT_BUNDLED, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

/** Flat in its folder, so that `new URL('./storage-worker.js', import.meta.url)` holds from whichever chunk it ends up in. */
function forNode(entries: Readonly<Record<string, string>>, folder: string, output: { format: 'es' | 'cjs'; extension: 'js' | 'cjs' }): EnvironmentOptions {
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, root + path]))
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: NOT_BUNDLED },
    build: {
      outDir: `${root}out/${folder}`,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        external: EXTERNAL,
        platform: 'node',
        output: { format: output.format, entryFileNames: `[name].${output.extension}`, chunkFileNames: `[name]-[hash].${output.extension}` },
      },
    },
  }
}

/** Sends the engine's paths on as if the browser had asked it directly: it checks Host and Origin, and knows nothing of Vite. */
function toEngine(target: string): ProxyOptions {
  return {
    target,
    changeOrigin: true,
    configure: (proxy) => proxy.on('proxyReq', (request) => request.hasHeader('origin') && request.setHeader('origin', target)),
  }
}

const engine = process.env.SWITCHYARD_ENGINE ?? 'http://127.0.0.1:4747'
const MAIN_ENTRIES = {
  main: 'electron/main.ts',
  headless: 'electron/headless.ts',
  'storage-worker': 'electron/engine/storage/worker.ts',
  'semantic-worker': 'electron/engine/cache/semantic/worker/worker.ts',
  'tokenizer-worker': 'electron/engine/ledger/tokenizer-worker.ts',
}
const PRELOAD_ENTRIES = { preload: 'electron/preload.ts' }

export default defineConfig({
  root: `${root}renderer`,
  publicDir: false,
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/api': toEngine(engine), '/session': toEngine(engine), '/v1': toEngine(engine) } },
  environments: {
    client: {
      build: {
        outDir: `${root}out/renderer`,
        emptyOutDir: true,
        target: 'chrome146',
        // Both would need what our Content-Security-Policy forbids: an inline script, and data: URLs for fonts and scripts.
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        // Read from disk or over loopback, so a page in one piece is fine; past this something large slipped in.
        chunkSizeWarningLimit: 1_000,
      },
    },
    main: forNode(MAIN_ENTRIES, 'main', { format: 'es', extension: 'js' }),
    preload: forNode(PRELOAD_ENTRIES, 'preload', { format: 'cjs', extension: 'cjs' }),
  },
  builder: {
    async buildApp(builder) {
      const missing = [...Object.values(MAIN_ENTRIES), ...Object.values(PRELOAD_ENTRIES), 'renderer/index.html'].filter((path) => !existsSync(root + path))
      if (missing.length > 0) throw new Error(`cannot build, for these are missing: ${missing.join(', ')}`)
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name]
        if (environment === undefined) throw new Error(`no build environment named ${name}`)
        await builder.build(environment)
      }
    },
  },
})
