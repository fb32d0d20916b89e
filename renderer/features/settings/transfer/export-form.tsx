import { Download } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { TRANSFER_PARTS, type TransferPart } from '../../../../shared/transfer.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Button } from '../../../ui/button.tsx'
import { exportSetup } from './actions.ts'
import { PartsField } from './parts-field.tsx'
import { TRANSFER_TEXTS } from './texts.ts'
import styles from './transfer.module.css'

export function ExportForm(): ReactElement {
  const texts = useTexts(TRANSFER_TEXTS)
  const [parts, setParts] = useState<readonly TransferPart[]>(TRANSFER_PARTS)
  function save(event: FormEvent): void {
    event.preventDefault()
    void exportSetup(parts)
  }
  return (
    <form className={styles.form} onSubmit={save}>
      <p className={styles.hint}>{texts.exportLead}</p>
      <PartsField legend={texts.parts} chosen={parts} onChosen={setParts} />
      <div className={styles.buttons}>
        <Button type="submit" icon={<Download aria-hidden />} disabled={parts.length === 0}>
          {texts.export}
        </Button>
      </div>
    </form>
  )
}
