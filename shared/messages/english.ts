/** All that the engine says, in English: for clients, logs and stored text, and for a window in English. */
import { ACCESS_REFUSALS, type AccessRefusal } from './access.ts'
import { ATTEMPT_FAILURES, type AttemptFailure } from './attempts.ts'
import { AUTO_REASONS, type AutoReason } from './auto.ts'
import { CATALOG_MESSAGES, type CatalogMessage } from './catalog.ts'
import { CHECK_MESSAGES, type CheckMessage } from './checks.ts'
import { DOCTOR_MESSAGES, type DoctorMessage } from './doctor.ts'
import { INPUT_MESSAGES, type InputMessage } from './input.ts'
import { type Say, type Sentences, speaker } from './message.ts'
import { OWN_ROUTING, type OwnRoutingMessage } from './own-routing.ts'
import { REFUSALS, type Refusal } from './refusals.ts'
import { ROUTE_REASONS, type RouteReason } from './routing.ts'
import { TRANSFER_MESSAGES, type TransferMessage } from './transfer.ts'
import { VAULT_MESSAGES, type VaultMessage } from './vaults.ts'

/** Anything of ours that can be said. */
export type Ours =
  | RouteReason
  | OwnRoutingMessage
  | AutoReason
  | AttemptFailure
  | AccessRefusal
  | VaultMessage
  | CatalogMessage
  | CheckMessage
  | DoctorMessage
  | InputMessage
  | Refusal
  | TransferMessage

/** One table a subject; no code stands in two of them. */
export const ENGLISH_TABLES: readonly Sentences[] = [
  ...[ROUTE_REASONS, OWN_ROUTING, AUTO_REASONS, ATTEMPT_FAILURES, ACCESS_REFUSALS],
  ...[VAULT_MESSAGES, CATALOG_MESSAGES, CHECK_MESSAGES, DOCTOR_MESSAGES, INPUT_MESSAGES, REFUSALS, TRANSFER_MESSAGES],
]

export const english: Say = speaker(Object.assign({}, ...ENGLISH_TABLES) as Sentences)
