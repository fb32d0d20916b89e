import { defineConfig } from 'vitest/config'

/** Specs that run the built app rather than the sources; out/ is brought up to date before any of them. */
const ON_THE_BUILD = ['test/desktop/**/*.spec.ts', 'test/packaging/**/*.spec.ts', 'test/browser/**/*.spec.ts']

export default defineConfig({
  test: {
    maxWorkers: 2,
    // V8's book-keeping of protected code pages races where many threads come and go and aborts the process ("Check failed: jit_page.has_value()",
    // https://github.com/nodejs/node/issues/64500); without the keys of the processor it keeps no such books
    execArgv: ['--no-memory-protection-keys'],
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
