import { firstTables } from './0001-first-tables.ts'
import { storedResponses } from './0002-stored-responses.ts'
import { appendingIndexes } from './0003-appending-indexes.ts'
import { health } from './0004-health.ts'
import { responseCache } from './0005-response-cache.ts'
import { priceVersions } from './0006-price-versions.ts'
import { automaticRouting } from './0007-automatic-routing.ts'
import { playground } from './0008-playground.ts'
import { usageQuarters } from './0009-usage-quarters.ts'
import { routingMarks } from './0010-routing-marks.ts'
import { routingSavings } from './0011-routing-savings.ts'
import { traffic } from './0012-traffic.ts'
import { sumsByBatch } from './0013-sums-by-batch.ts'
import { judgedRequests } from './0014-judged-requests.ts'
import { formerSecrets } from './0015-former-secrets.ts'
import { embeddedJudgements } from './0016-embedded-judgements.ts'
import { routedSumsByBatch } from './0017-routed-sums-by-batch.ts'

/** One step of the schema. Once released it is never edited: databases that took it do not take it again. */
export interface Migration {
  /** The `user_version` of a database that has taken this step. */
  readonly version: number
  readonly sql: string
}

/** In order, without gaps. */
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  storedResponses,
  appendingIndexes,
  health,
  responseCache,
  priceVersions,
  automaticRouting,
  playground,
  usageQuarters,
  routingMarks,
  routingSavings,
  traffic,
  sumsByBatch,
  judgedRequests,
  formerSecrets,
  embeddedJudgements,
  routedSumsByBatch,
]
