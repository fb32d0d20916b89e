/** Entries of the response cache, made up and numbered. */
import { createHash } from 'node:crypto'
import type { KeptAnswer } from '../../electron/engine/cache/kept-answer.ts'
import type { NewCacheEntry } from '../../electron/engine/storage/cache-storage.ts'
import { KEY_PARTS } from '../../shared/cache.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const keyOfEntry = (number: number): string => sha256(`key ${number}`)

export function answerOf(number: number): KeptAnswer {
  return {
    events: [
      { type: 'response-start', model: 'gpt-4o-mini' },
      { type: 'text-delta', text: `This is answer ${number}. ${'It says a little more. '.repeat(20)}` },
      { type: 'usage', tokens: { input: 10, output: 100 } },
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ],
    streamedMs: 500,
  }
}

export function entryOf(number: number, more: Partial<Omit<NewCacheEntry, 'content' | 'bytes'>> = {}): Omit<NewCacheEntry, 'content' | 'bytes'> {
  const at = more.madeAt ?? Date.now()
  return {
    key: keyOfEntry(number),
    scope: 'client-1',
    fingerprint: sha256('fingerprint'),
    question: `What is question ${number}?`,
    model: 'openai/gpt-4o-mini',
    source: `gen-${number}`,
    answer: `This is answer ${number}.`,
    parts: KEY_PARTS.map((name) => ({ name, hash: sha256(name), text: name })),
    madeAt: at,
    expiresAt: at + 3_600_000,
    pinned: false,
    ...more,
  }
}
