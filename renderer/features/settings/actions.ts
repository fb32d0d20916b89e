import type { Settings } from '../../../shared/settings.ts'
import { client } from '../../client/client.ts'
import { settings } from '../../client/mirrors.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import type { Change, Limit } from './limits.ts'
import { useRefusals } from './store.ts'

/** Changes settings at once. True when the engine took it. */
export async function change(changed: Change): Promise<boolean> {
  const result = await client['settings.update'](changed)
  if (!result.ok) {
    showFailure(result.failure.message)
    return false
  }
  settings.store.setState({ is: 'ready', value: result.value }, true)
  return true
}

/** Changes one number; a refusal stands below its field. The old value can be brought back. */
export async function changeLimit(limit: Limit, before: Settings, value: number): Promise<void> {
  const old = limit.read(before)
  if (value === old) return refuse(limit.path, undefined)
  const result = await client['settings.update'](limit.write(before, value))
  if (!result.ok) return refuse(limit.path, result.failure.message.replace(/^[\w.]+: /, ''))
  refuse(limit.path, undefined)
  settings.store.setState({ is: 'ready', value: result.value }, true)
  showToast(`${limit.label} changed.`, () => void changeLimit(limit, result.value, old))
}

export function refuse(path: string, why: string | undefined): void {
  const { [path]: _, ...others } = useRefusals.getState()
  useRefusals.setState(why === undefined ? others : { ...others, [path]: why }, true)
}

/** Opens the data folder in the file manager; only a desktop window can. */
export async function revealDataFolder(): Promise<void> {
  try {
    await window.switchyardNative?.revealDataFolder()
  } catch {
    // the shell's own message names paths and errors for logs, not for people
    showFailure('The folder could not be opened.')
  }
}
