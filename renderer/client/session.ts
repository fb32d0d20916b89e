import { createStore } from 'zustand/vanilla'

/**
 * Whether the engine knows us. In a desktop window it always does; in a browser tab a one-time code printed in the terminal is exchanged for an
 * HttpOnly cookie. The page that the engine serves says whether somebody has signed in (`data-signed-out`), and any later answer 401 brings the sign-in
 * page.
 */
export const session = createStore<{ readonly signedOut: boolean }>(() => ({ signedOut: false }))

export type SignIn = { readonly is: 'signed-in' } | { readonly is: 'refused'; readonly why: 'no-engine' | 'too-often' | 'wrong' }

/** Exchanges the one-time code for the session cookie. Never rejects. */
export async function signIn(code: string): Promise<SignIn> {
  const answer = await post('/session', { code: code.trim().toUpperCase() })
  if (answer === undefined) return { is: 'refused', why: 'no-engine' }
  if (!answer.ok) return { is: 'refused', why: answer.status === 429 ? 'too-often' : 'wrong' }
  session.setState({ signedOut: false })
  return { is: 'signed-in' }
}

/** Asks the engine to print a fresh code where it was started. False when it did not answer. */
export async function printNewCode(): Promise<boolean> {
  return (await post('/session/code', {}))?.ok ?? false
}

/** Takes the code out of `#code=XXXX-XXXX` and removes it from the address bar and the history. undefined when there is none. */
export function takeCodeFromAddress(): string | undefined {
  const match = /^#code=([A-Za-z0-9-]{4,40})$/.exec(window.location.hash)
  if (match === null) return undefined
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}#/playground`)
  return match[1]
}

async function post(path: string, body: unknown): Promise<Response | undefined> {
  try {
    return await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  } catch {
    // offline: the caller says so in its own words
    return undefined
  }
}
