import type { TransferPart, TransferPlan } from '../../../../shared/transfer.ts'
import { client } from '../../../client/client.ts'
import { mirrorOf } from '../../../client/mirror.ts'
import { textsNow } from '../../../i18n/texts.ts'
import { words } from '../../../messages/words.ts'
import { saveFile } from '../../../ui/save-file.ts'
import { showFailure, showToast } from '../../../ui/toast.tsx'
import { TRANSFER_TEXTS } from './texts.ts'

export const backups = mirrorOf(() => client['transfer.backups']({}), ['settings'])

export async function exportSetup(parts: readonly TransferPart[]): Promise<void> {
  const result = await client['transfer.export']({ parts: [...parts] })
  if (!result.ok) return showFailure(result.failure.message)
  const { fileName, text, leftOut } = result.value
  saveFile(fileName, 'application/json', text)
  if (leftOut.length > 0) showFailure(textsNow(TRANSFER_TEXTS).leftOut(leftOut.join(', ')))
}

export interface Importing {
  readonly text: string
  readonly parts: readonly TransferPart[]
  readonly removesMissing: boolean
}

export async function planImport({ parts, ...importing }: Importing): Promise<TransferPlan | undefined> {
  const result = await client['transfer.plan']({ ...importing, parts: [...parts] })
  if (result.ok) return result.value
  showFailure(result.failure.message)
  return undefined
}

/** True when it was taken. */
export async function importSetup({ parts, ...importing }: Importing): Promise<boolean> {
  const result = await client['transfer.import']({ ...importing, parts: [...parts] })
  void backups.refresh()
  if (!result.ok) {
    showFailure(result.failure.message)
    return false
  }
  const { plan, backup } = result.value
  if (plan.problems.length > 0) {
    showFailure(plan.problems.map(({ at, message }) => `${at}: ${words(message)}`).join('\n'))
    return false
  }
  const done = textsNow(TRANSFER_TEXTS).imported(plan.changes.length)
  if (backup === undefined) showToast(done)
  else showToast(done, () => void undoImport(backup.name))
  return true
}

export async function undoImport(name: string): Promise<void> {
  const result = await client['transfer.undo']({ name })
  void backups.refresh()
  if (result.ok) showToast(textsNow(TRANSFER_TEXTS).undone)
  else showFailure(result.failure.message)
}
