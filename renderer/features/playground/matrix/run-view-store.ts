/** The matrix run that is looked at: its cells are asked for once, and then only what is new. */
import { create } from 'zustand'
import type { MatrixCell, MatrixProgress, MatrixSpec } from '../../../../shared/api/matrix.ts'
import { client } from '../../../client/client.ts'
import { live } from '../../../client/live.ts'
import { mirrorOf } from '../../../client/mirror.ts'

export const matrices = mirrorOf(() => client['matrix.list']({}), ['matrix'], 500)

export interface ViewedRun {
  readonly id: string
  readonly progress: MatrixProgress
  readonly spec: MatrixSpec
  readonly cells: ReadonlyMap<number, MatrixCell>
}

export const useViewed = create<{ readonly run: ViewedRun | undefined; readonly failed: string | undefined }>()(() => ({ run: undefined, failed: undefined }))

/** Runs tell of every cell; this often is enough to watch. */
const LEAST_MS = 500

/** Follows one run. Returns how to leave it. */
export function view(id: string): () => void {
  let left = false
  let busy = false
  let again = false
  let serial = 0
  useViewed.setState({ run: undefined, failed: undefined })

  async function ask(): Promise<void> {
    if (busy) {
      again = true
      return
    }
    busy = true
    const result = await client['matrix.get']({ id, after: serial })
    busy = false
    if (left) return
    if (!result.ok) return useViewed.setState({ run: undefined, failed: result.failure.message })
    const { progress, spec, cells } = result.value
    const known = useViewed.getState().run?.cells
    serial = cells.at(-1)?.serial ?? serial
    const next = cells.length === 0 && known !== undefined ? known : new Map([...(known ?? []), ...cells.map((cell) => [cell.place, cell] as const)])
    useViewed.setState({ run: { id, progress, spec, cells: next }, failed: undefined })
    if (again) {
      again = false
      soon()
    }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void ask()
    }, LEAST_MS)
  }

  const offs = [live.on('matrix', soon), live.onResync(soon)]
  void ask()
  return () => {
    left = true
    clearTimeout(timer)
    for (const off of offs) off()
  }
}
