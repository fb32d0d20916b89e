import { defineConfig } from 'vitest/config'

/** Specs that run the built app rather than the sources; out/ is brought up to date before any of them. */
const ON_THE_BUILD = ['test/desktop/**/*.spec.ts', 'test/packaging/**/*.spec.ts', 'test/browser/**/*.spec.ts']

export default defineConfig({
  test: {
    maxWorkers: 2,
    // V8 can abort a process in which threads come and go while it makes a faster wrapper of a function that WebAssembly calls, as undici's parser
    // does ("Check failed: jit_page.has_value()" in Runtime_TierUpWasmToJSWrapper; nodejs/node#64500 is of the same family): no faster ones in tests
    execArgv: ['--wasm-wrapper-tiering-budget=2147483647', '--liftoff-only'],
    projects: [
      { extends: true, test: { name: 'source', include: ['test/**/*.spec.ts'], exclude: ON_THE_BUILD } },
      // a real browser on two slow, busy cores takes its time
      {
        extends: true,
        test: { name: 'built', include: ON_THE_BUILD, globalSetup: 'test/support/global-setup.ts', testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
    // whole requests over real HTTP and a real browser on two slow cores
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    restoreMocks: true,
  },
})
