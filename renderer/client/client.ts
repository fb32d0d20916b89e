import type { Api } from '../../shared/api/api.ts'
import { kinds } from '../../shared/api/kinds.ts'
import { type Client, clientOf, type Transport } from '../../shared/contract.ts'
import { session } from './session.ts'

/** Notices that the session is over, whichever call finds out first. */
const transport: Transport = async (request) => {
  const response = await fetch(request)
  if (response.status === 401) session.setState({ signedOut: true })
  return response
}

/** Every route of the engine as a function. Reads and writes never reject: they answer `{ok: true, value}` or `{ok: false, failure}`. */
export const client: Client<Api> = clientOf<Api>(kinds, transport, '/api/')
