import type { Api } from '../../shared/api/api.ts'
import { kinds } from '../../shared/api/kinds.ts'
import { type Client, clientOf, type Result, StreamError, type Transport } from '../../shared/contract.ts'
import { worded } from '../messages/words.ts'
import { session } from './session.ts'

/** Notices that the session is over, whichever call finds out first. */
const transport: Transport = async (request) => {
  const response = await fetch(request)
  if (response.status === 401) session.setState({ signedOut: true })
  return response
}

async function* itemsInWords(items: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* items
  } catch (thrown) {
    throw thrown instanceof StreamError ? new StreamError(worded(thrown.failure)) : thrown
  }
}

/** Failures are worded in the language that is in use when they come: they are read at once, and asked for anew where they are not. */
function inWords(plain: Client<Api>): Client<Api> {
  const worder: ProxyHandler<Client<Api>> = {
    get(target, name) {
      const ask = Reflect.get(target, name) as (input: unknown, signal?: AbortSignal) => unknown
      if (typeof ask !== 'function') return ask
      return (input: unknown, signal?: AbortSignal) => {
        const answer = ask(input, signal)
        if (!(answer instanceof Promise)) return itemsInWords(answer as AsyncIterable<unknown>)
        return answer.then((result: Result<unknown>) => (result.ok ? result : { ok: false, failure: worded(result.failure) }))
      }
    },
  }
  return new Proxy(plain, worder)
}

/** Every route of the engine as a function. Reads and writes never reject: they answer `{ok: true, value}` or `{ok: false, failure}`. */
export const client: Client<Api> = inWords(clientOf<Api>(kinds, transport, '/api/'))
