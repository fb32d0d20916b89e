import type { Caller, ChatRequest } from '../request.ts'

/** Checks on what goes out and comes back. */
export interface Guardrails {
  /** @throws Failure 'content-policy' when the request must not go out. */
  input(request: ChatRequest, caller: Caller): ChatRequest | Promise<ChatRequest>
}

/** Not built yet: requests pass unchanged. Listed as a pass-through in the README. */
export const passThroughGuardrails: Guardrails = { input: (request) => request }
