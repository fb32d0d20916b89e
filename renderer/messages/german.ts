/** All that the engine says, in German: the same codes as shared/messages/english.ts. */
import { type Say, type Sentences, speaker } from '../../shared/messages/message.ts'
import { ACCESS_REFUSALS_DE } from './access.ts'
import { ATTEMPT_FAILURES_DE } from './attempts.ts'
import { AUTO_REASONS_DE } from './auto.ts'
import { CATALOG_MESSAGES_DE } from './catalog.ts'
import { CHECK_MESSAGES_DE } from './checks.ts'
import { DOCTOR_MESSAGES_DE } from './doctor.ts'
import { INPUT_MESSAGES_DE } from './input.ts'
import { OWN_ROUTING_DE } from './own-routing.ts'
import { REFUSALS_DE } from './refusals.ts'
import { ROUTE_REASONS_DE } from './routing.ts'
import { TRANSFER_MESSAGES_DE } from './transfer.ts'
import { VAULT_MESSAGES_DE } from './vaults.ts'

export const GERMAN_TABLES: readonly Sentences[] = [
  ...[ROUTE_REASONS_DE, OWN_ROUTING_DE, AUTO_REASONS_DE, ATTEMPT_FAILURES_DE, ACCESS_REFUSALS_DE],
  ...[VAULT_MESSAGES_DE, CATALOG_MESSAGES_DE, CHECK_MESSAGES_DE, DOCTOR_MESSAGES_DE, INPUT_MESSAGES_DE, REFUSALS_DE, TRANSFER_MESSAGES_DE],
]

export const german: Say = speaker(Object.assign({}, ...GERMAN_TABLES) as Sentences)
