/** A service account of Google's, made for one test run; its key opens nothing. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'

export interface MadeUpAccount {
  readonly json: string
  readonly publicKey: KeyObject
  /** What must never show up in a message. */
  readonly privateKey: string
}

export function madeUpAccount(more: Readonly<Record<string, unknown>> = {}): MadeUpAccount {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const fields = {
    type: 'service_account',
    project_id: 'made-up-project',
    private_key_id: 'key-1',
    private_key: pem,
    client_email: 'robot@made-up-project.example',
  }
  return { json: JSON.stringify({ ...fields, ...more }), publicKey, privateKey: pem }
}
