import { Download, Upload } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { exportEntries, importEntries } from './actions.ts'
import styles from './dialogs.module.css'
import { CACHE_TEXTS } from './texts.ts'

export function TransferDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactElement {
  const { transfer: texts } = useTexts(CACHE_TEXTS)
  const file = useRef<HTMLInputElement>(null)
  return (
    <Dialog open={open} onClose={onClose} title={texts.title} description={texts.lead}>
      <div className={styles.transfer}>
        <Button icon={<Download aria-hidden />} onClick={() => void exportEntries()}>
          {texts.export}
        </Button>
        <Button icon={<Upload aria-hidden />} onClick={() => file.current?.click()}>
          {texts.import}
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
