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
}

export interface VotesQuery {
  readonly tag?: string | undefined
  readonly limit: number
}

/** Votes on answers. The router may read them as evidence of what is good at which kind of task. */
export function votesTable(database: Database) {
  const put = database.prepare<[Stored]>(`
    INSERT INTO votes (id, at, tag, models, verdict, winner, prompt_hash, prompt, blind)
    VALUES (@id, @at, @tag, @models, @verdict, @winner, @prompt_hash, @prompt, @blind)`)
  const list = database.prepare<[number], Stored>('SELECT * FROM votes ORDER BY at DESC, id DESC LIMIT ?')
  const listOf = database.prepare<[string, number], Stored>('SELECT * FROM votes WHERE tag = ? ORDER BY at DESC, id DESC LIMIT ?')
  const tags = database.prepare<[], { tag: string; votes: number }>('SELECT tag, count(*) AS votes FROM votes GROUP BY tag ORDER BY votes DESC, tag')
  const remove = database.prepare<[string]>('DELETE FROM votes WHERE id = ?')

  return {
    putVote: (vote: Vote): void => void put.run(toStored(vote)),
    /** Newest first. */
    listVotes: ({ tag, limit }: VotesQuery): readonly Vote[] => (tag === undefined ? list.all(limit) : listOf.all(tag, limit)).map(fromStored),
    /** The most voted first. */
    voteTags: (): readonly { readonly tag: string; readonly votes: number }[] => tags.all(),
    removeVote: (id: string): boolean => remove.run(id).changes === 1,
  }
}

function toStored({ id, at, tag, models, verdict, promptHash, prompt, blind }: Vote): Stored {
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
