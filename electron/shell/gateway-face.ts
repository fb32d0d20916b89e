import type { NanoUsd } from '../../shared/money.ts'

/** What the shell needs of the engine, and no more; electron/gateway.ts builds it. */
export interface GatewayFace {
  readonly dataDir: string
  /** `http://127.0.0.1:4747`, or undefined while it does not listen. */
  readonly address: string | undefined
  /** Serves `/api/*` in process: no port, no cookie. */
  handleApp(request: Request): Promise<Response>
  /** Listens on 127.0.0.1. Without `fixedPort` a taken port means the next free one. */
  listen(options: { readonly port: number; readonly fixedPort?: boolean }): Promise<{ readonly address: string; readonly portWasTaken: boolean }>
  /** A code that signs a browser in once. */
  newCode(): string
  /** `spentToday` counts from local midnight. */
  totals(): Promise<{ readonly active: number; readonly spentToday: NanoUsd }>
  close(): Promise<void>
}
