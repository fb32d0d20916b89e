import { fileURLToPath } from 'node:url'
import { build, buildIsStale } from '../../electron/start/build.ts'

/** Builds out/ once before the specs that run what is shipped, when it is missing or older than the sources. */
export async function setup(): Promise<void> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  if (await buildIsStale(root)) await build(root)
}
