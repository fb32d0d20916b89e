import { Download, Upload } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { exportEntries, importEntries } from './actions.ts'
import styles from './cache.module.css'

export function TransferDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const file = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Export and import"
      description="One file of JSON lines with every question and answer in it, readable by whoever has it. Import only what you trust: its answers are given as if a model had said them."
    >
      <div className={styles.transfer}>
        <Button icon={<Download aria-hidden />} onClick={() => void exportEntries()}>
          Export all
        </Button>
        <Button icon={<Upload aria-hidden />} onClick={() => file.current?.click()}>
          Import a file
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".ndjson,.jsonl,application/x-ndjson"
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            event.target.value = ''
            if (chosen !== undefined) void importEntries(chosen).then(onClose)
          }}
        />
      </div>
    </Dialog>
  )
}
