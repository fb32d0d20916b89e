import type { Database } from 'better-sqlite3'
import type { Verdict, Vote } from '../../../shared/api/votes.ts'

interface Stored {
  readonly id: string
  readonly at: number
  readonly tag: string
  readonly models: string
  readonly verdict: string
  readonly winner: number | null
  readonly prompt_hash: string
  readonly prompt: string | null
  readonly blind: number
  /** Ids of what the router learned from it. */
  readonly evidence: string
}

export interface VotesQuery {
  readonly tag?: string | undefined
  readonly limit: number
}

/** Votes on answers. The router may read them as evidence of what is good at which kind of task. */
export function votesTable(database: Database) {
  const put = database.prepare<[Stored]>(`
    INSERT INTO votes (id, at, tag, models, verdict, winner, prompt_hash, prompt, blind, evidence)
    VALUES (@id, @at, @tag, @models, @verdict, @winner, @prompt_hash, @prompt, @blind, @evidence)`)
  const list = database.prepare<[number], Stored>('SELECT * FROM votes ORDER BY at DESC, id DESC LIMIT ?')
  const listOf = database.prepare<[string, number], Stored>('SELECT * FROM votes WHERE tag = ? ORDER BY at DESC, id DESC LIMIT ?')
  const tags = database.prepare<[], { tag: string; votes: number }>('SELECT tag, count(*) AS votes FROM votes GROUP BY tag ORDER BY votes DESC, tag')
  const remove = database.prepare<[string], { evidence: string }>('DELETE FROM votes WHERE id = ? RETURNING evidence')

  return {
    putVote: (vote: Vote, evidence: readonly string[]): void => void put.run({ ...toStored(vote), evidence: JSON.stringify(evidence) }),
    /** Newest first. */
    listVotes: ({ tag, limit }: VotesQuery): readonly Vote[] => (tag === undefined ? list.all(limit) : listOf.all(tag, limit)).map(fromStored),
    /** The most voted first. */
    voteTags: (): readonly { readonly tag: string; readonly votes: number }[] => tags.all(),
    /** Ids of the evidence that goes with it; undefined: there was no such vote. */
    removeVote: (id: string): readonly string[] | undefined => {
      const removed = remove.get(id)
      return removed && (JSON.parse(removed.evidence) as readonly string[])
    },
  }
}

function toStored({ id, at, tag, models, verdict, promptHash, prompt, blind }: Vote): Omit<Stored, 'evidence'> {
  return {
    id,
    at,
    tag,
    models: JSON.stringify(models),
    verdict: verdict.is,
    winner: verdict.is === 'won' ? verdict.index : null,
    prompt_hash: promptHash,
    prompt: prompt ?? null,
    blind: Number(blind),
  }
}

function fromStored({ id, at, tag, models, verdict, winner, prompt_hash, prompt, blind }: Stored): Vote {
  return {
    id,
    at,
    tag,
    models: JSON.parse(models) as readonly string[],
    verdict: winner === null ? ({ is: verdict } as Verdict) : { is: 'won', index: winner },
    promptHash: prompt_hash,
    prompt: prompt ?? undefined,
    blind: blind === 1,
  }
}
