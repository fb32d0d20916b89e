import type { Database } from 'better-sqlite3'
import type { Evidence, Signal } from '../../../shared/auto.ts'
import type { WeightsFile } from '../routing/auto/weights.ts'
import type { EvidenceVector, KeptWeights } from './storage.ts'

/** As many as a decision looks at. */
const MOST_EVIDENCE = 2_000
/** Retrainings that can be taken back. */
const MOST_WEIGHTS = 5

interface EvidenceRow {
  readonly id: string
  readonly at: number
  readonly signal: string
  readonly prompt: string
  readonly model: string
  readonly quality: number
  readonly embedding: Buffer | null
  readonly request: string | null
  readonly embedder: string | null
  readonly stays: number
}

/** What automatic routing has learned of its user. */
export function autoTables(database: Database) {
  const list = database.prepare<[number], EvidenceRow>('SELECT * FROM auto_evidence ORDER BY at DESC, id DESC LIMIT ?')
  const put = database.prepare<[EvidenceRow]>(`
    INSERT OR REPLACE INTO auto_evidence (id, at, signal, prompt, model, quality, embedding, request, embedder, stays)
    VALUES (@id, @at, @signal, @prompt, @model, @quality, @embedding, @request, @embedder, @stays)`)
  const embed = database.prepare<[Buffer, string, string]>('UPDATE auto_evidence SET embedding = ?, embedder = ? WHERE id = ?')
  const trim = database.prepare<[number]>('DELETE FROM auto_evidence WHERE id NOT IN (SELECT id FROM auto_evidence ORDER BY at DESC, id DESC LIMIT ?)')
  const remove = database.prepare<[string]>('DELETE FROM auto_evidence WHERE id = ?')
  const latest = database.prepare<[], { at: number; file: string; note: string }>('SELECT at, file, note FROM auto_weights ORDER BY rowid DESC LIMIT 1')
  const putWeights = database.prepare<[number, string, string]>('INSERT INTO auto_weights (at, file, note) VALUES (?, ?, ?)')
  const trimWeights = database.prepare<[number]>('DELETE FROM auto_weights WHERE rowid NOT IN (SELECT rowid FROM auto_weights ORDER BY rowid DESC LIMIT ?)')
  const drop = database.prepare<[]>('DELETE FROM auto_weights WHERE rowid = (SELECT max(rowid) FROM auto_weights)')

  return {
    listEvidence: (): readonly Evidence[] => list.all(MOST_EVIDENCE).map(evidenceOf),
    putEvidence: database.transaction(({ embedding, request, embedder, stays, ...evidence }: Evidence): void => {
      const vector = embedding === undefined ? null : bytesOf(embedding)
      put.run({ ...evidence, request: request ?? null, embedding: vector, embedder: embedder ?? null, stays: stays === true ? 1 : 0 })
      trim.run(MOST_EVIDENCE)
    }),
    /** What was taken away meanwhile stays away. */
    embedEvidence: database.transaction((embedder: string, vectors: readonly EvidenceVector[]): void => {
      for (const { id, vector } of vectors) embed.run(bytesOf(vector), embedder, id)
    }),
    removeEvidence: (id: string): void => void remove.run(id),
    latestWeights: (): KeptWeights | undefined => {
      const row = latest.get()
      return row && { at: row.at, file: JSON.parse(row.file) as WeightsFile, note: row.note }
    },
    putWeights: database.transaction(({ at, file, note }: KeptWeights): void => {
      putWeights.run(at, JSON.stringify(file), note)
      trimWeights.run(MOST_WEIGHTS)
    }),
    dropWeights: (): boolean => drop.run().changes === 1,
  }
}

function bytesOf(vector: ArrayLike<number>): Buffer {
  return Buffer.from(Float32Array.from(vector).buffer)
}

function evidenceOf({ signal, embedding, request, embedder, stays, ...row }: EvidenceRow): Evidence {
  // a copy, since SQLite's bytes need not lie where numbers may begin
  const numbers = embedding === null ? undefined : Array.from(new Float32Array(Uint8Array.from(embedding).buffer))
  return {
    ...row,
    signal: signal as Signal,
    ...(request !== null && { request }),
    ...(numbers !== undefined && { embedding: numbers }),
    ...(embedder !== null && { embedder }),
    ...(stays === 1 && { stays: true as const }),
  }
}
