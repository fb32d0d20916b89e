import type { ReactElement } from 'react'
import { TRANSFER_PARTS, type TransferPart } from '../../../../shared/transfer.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { TRANSFER_TEXTS } from './texts.ts'
import styles from './transfer.module.css'

interface PartsFieldProps {
  readonly legend: string
  /** Those that can be chosen; absent: all. */
  readonly among?: readonly TransferPart[]
  readonly chosen: readonly TransferPart[]
  readonly onChosen: (parts: readonly TransferPart[]) => void
}

export function PartsField({ legend, among = TRANSFER_PARTS, chosen, onChosen }: PartsFieldProps): ReactElement {
  const texts = useTexts(TRANSFER_TEXTS)
  return (
    <fieldset className={styles.parts}>
      <legend>{legend}</legend>
      {among.map((part) => (
        <label key={part} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(part)}
            onChange={(event) => onChosen(event.target.checked ? [...chosen, part] : chosen.filter((each) => each !== part))}
          />
          {texts.partNames[part]}
        </label>
      ))}
    </fieldset>
  )
}
