/** From a key that was just stored to the first answer: one Enter. */
import { useEffect } from 'react'
import type { ModelRow } from '../../shared/api/providers.ts'
import type { ProviderId } from '../../shared/ids.ts'
import { useMirrored } from '../client/mirror.ts'
import { models } from '../client/mirrors.ts'
import { chooseModel } from '../features/playground/desk-actions.ts'
import { RUN_FIELD_ID } from '../features/playground/run-field.ts'
import { isEmpty, useConversation, useDesk } from '../features/playground/store.ts'
import { useAddKey } from '../features/providers/store.ts'

/**
 * Once a key is stored while only simulated models stand in the panes and nothing has been asked, a model of its provider takes the first one's place
 * and Enter asks. Whoever has chosen models or asked something is left alone.
 */
export function useFirstAnswer(): void {
  const stored = useAddKey((form) => form.stored)
  const rows = useMirrored(models)
  useEffect(() => {
    if (stored === undefined || rows === undefined || (stored.validation.is !== 'valid' && stored.validation.is !== 'unproven')) return
    const { panes } = useDesk.getState()
    const [first] = panes
    const untouched = panes.every(({ model }) => rows.find(({ id }) => id === model)?.simulated === true)
    if (first === undefined || !untouched || !isEmpty(useConversation.getState(), panes)) return
    const model = firstModel(rows, stored.credential.provider)
    if (model === undefined) return
    chooseModel(first.id, model.id)
    // once the button counts the panes anew
    requestAnimationFrame(() => document.querySelector<HTMLButtonElement>(`[data-field="${RUN_FIELD_ID}"]`)?.focus())
  }, [stored, rows])
}

/** A model for a first answer: one that can do what people try first, is not about to go, and costs little. */
export function firstModel(rows: readonly ModelRow[], provider: ProviderId): ModelRow | undefined {
  const usable = rows.filter((row) => row.provider === provider && row.usable && isForTalk(row))
  const price = (row: ModelRow): number => row.price?.microUsdPerMillion.output ?? Number.POSITIVE_INFINITY
  const good = usable.filter((row) => row.facts?.deprecated !== true && row.facts?.retiresOn === undefined && row.can?.includes('tools') === true)
  return (good.length > 0 ? good : usable).toSorted((one, other) => price(one) - price(other))[0]
}

/** Lists of providers hold models for pictures, speech and vectors too. */
function isForTalk({ facts }: ModelRow): boolean {
  return facts === undefined || (facts.kind === 'chat' && facts.outputModalities?.includes('text') !== false)
}
