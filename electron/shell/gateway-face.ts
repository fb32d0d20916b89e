import type { Gateway } from '../gateway.ts'

/** What the shell needs of the engine, and no more. */
export type GatewayFace = Pick<
  Gateway,
  'dataDir' | 'address' | 'stopped' | 'startServing' | 'stopServing' | 'handleApp' | 'listen' | 'newCode' | 'ready' | 'totals' | 'close'
>
