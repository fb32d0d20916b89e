import { type FormEvent, type ReactElement, useState } from 'react'
import { USUAL_PRICE_LIST } from '../../../shared/price-list.ts'
import type { Settings } from '../../../shared/settings.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { changePriceList } from './actions.ts'
import styles from './settings.module.css'
import { useRefusals } from './store.ts'
import { SETTINGS_TEXTS } from './texts.ts'

/** The address that fresher prices come from. */
export function PriceList({ settings: now }: { readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { label, hint } = texts.items['catalog.priceList']
  const [address, setAddress] = useState(now.catalog.priceList)
  const error = useRefusals((refusals) => refusals['catalog.priceList'])
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void changePriceList(now, address)
  }
  return (
    <form className={styles.address} onSubmit={onSubmit}>
      <TextField
        label={label}
        hint={hint}
        error={error}
        mono
        inputMode="url"
        maxLength={500}
        placeholder={USUAL_PRICE_LIST}
        value={address}
        onValue={setAddress}
        onBlur={() => void changePriceList(now, address)}
      />
      {now.catalog.priceList !== USUAL_PRICE_LIST && (
        <Button small onClick={() => void changePriceList(now, USUAL_PRICE_LIST)}>
          {texts.usualPriceList}
        </Button>
      )}
    </form>
  )
}
