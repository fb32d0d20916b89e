/** The way to the workbench, loaded when it is first opened: its API with all schemas, and in headless mode its pages. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Transport } from '../../shared/contract.ts'
import type { AdminStages } from '../http/admin/stages.ts'
import type { Sessions } from '../http/session.ts'

export interface WorkbenchFacts {
  readonly stages: AdminStages
  /** The first call waits for it. */
  readonly settled: Promise<void>
  readonly onFailed: (route: string, thrown: unknown) => void
  readonly sessions: Sessions
  readonly rendererDir: string | undefined
  readonly port: () => number
  /** Prints for the person at the terminal. */
  readonly say: (line: string) => void
}

export interface Workbench {
  readonly api: Transport
  readonly door: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

export function workbenchOver({ stages, settled, onFailed, sessions, rendererDir, port, say }: WorkbenchFacts): Workbench {
  const api = lazily(async () => (await import('../http/admin/admin.ts')).adminApi(stages, onFailed))
  const answer: Transport = async (request) => {
    const admin = api()
    await settled
    return (await admin)(request)
  }
  const door = lazily(async () =>
    (await import('../http/workbench.ts')).workbench({
      api: answer,
      sessions,
      rendererDir,
      port,
      printCode: () => say(`New sign-in code: ${sessions.newCode()}`),
    }),
  )
  return { api: answer, door: async (request, response) => (await door())(request, response) }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
