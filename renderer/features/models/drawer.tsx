import { CircleAlert, Columns3, Percent, Scale, SquarePen, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { ModelRow, ProviderSummary } from '../../../shared/api/providers.ts'
import type { EndpointId } from '../../../shared/ids.ts'
import { useMirrored } from '../../client/mirror.ts'
import { catalog, providers } from '../../client/mirrors.ts'
import { useKeyHint } from '../../frame/shortcuts/use-key-hint.ts'
import { useTexts } from '../../i18n/texts.ts'
import { inLanguage, words } from '../../messages/words.ts'
import { Button, classes, IconButton } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Block, DetailBody, DetailTitle, GivesWay } from '../../ui/details.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { OutsideLink } from '../../ui/outside-link.tsx'
import { Chip } from '../../ui/status.tsx'
import { contextLine } from '../playground/model-list.ts'
import { openInPlayground, openModel, removeOwn, toggleCompared } from './actions.ts'
import { DiscountDialog } from './discount-dialog.tsx'
import { ModelFacts } from './facts.tsx'
import styles from './models.module.css'
import { History, Measured } from './past.tsx'
import { priceText } from './price-buckets.ts'
import { PriceDialog } from './price-dialog.tsx'
import { Prices } from './prices.tsx'
import { RepriceDialog } from './reprice-dialog.tsx'
import { useModels } from './store.ts'
import { MODELS_TEXTS } from './texts.ts'

export interface ModelDrawerProps {
  readonly id: EndpointId
  readonly rows: readonly ModelRow[]
  readonly onClose: () => void
}

export function ModelDrawer({ id, rows, onClose }: ModelDrawerProps): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const row = rows.find((each) => each.id === id)
  return (
    <Drawer
      label={texts.details}
      name="models"
      onClose={onClose}
      title={
        <DetailTitle
          name={row?.name ?? id}
          note={
            <GivesWay>
              <code>{id}</code>
            </GivesWay>
          }
        />
      }
      actions={row !== undefined && <Actions row={row} />}
    >
      {row === undefined ? (
        <EmptyState icon={<CircleAlert />} title={texts.gone} />
      ) : (
        <DetailBody key={id} label={row.name}>
          <Prices row={row} />
          {isPlace(id) && <Corrections row={row} />}
          <ModelFacts row={row} />
          <Hosts row={row} rows={rows} />
          {isPlace(id) && (
            <>
              <Measured endpoint={id} />
              <History endpoint={id} />
            </>
          )}
          <Policy provider={row.provider} />
        </DetailBody>
      )}
    </Drawer>
  )
}

/** An alias such as `fast` is asked for like a model, but is measured and charged where it leads. */
function isPlace(id: EndpointId): boolean {
  return id.includes('/')
}

function Actions({ row }: { readonly row: ModelRow }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const put = useModels((state) => state.tray.includes(row.id))
  const withKey = useKeyHint()
  return (
    <>
      <CopyButton text={row.id} label={texts.copyName} />
      <IconButton label={withKey(put ? texts.removeFromTray : texts.addToTray, 'compareModel')} small aria-pressed={put} onClick={() => toggleCompared(row.id)}>
        <Scale aria-hidden />
      </IconButton>
      <IconButton label={texts.inPlayground} small disabled={!row.usable} onClick={() => openInPlayground([row.id])}>
        <Columns3 aria-hidden />
      </IconButton>
    </>
  )
}

/** What the user can put right. */
function Corrections({ row }: { readonly row: ModelRow }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const [shown, setShown] = useState<'none' | 'price' | 'discount' | 'reprice' | 'remove'>('none')
  const own = useMirrored(catalog)?.own.models.some(({ provider, id }) => `${provider}/${id}` === row.id) ?? false
  const close = (): void => setShown('none')
  return (
    <div className={styles.corrections}>
      <Button small icon={<SquarePen aria-hidden />} onClick={() => setShown('price')}>
        {texts.correctPrice}
      </Button>
      <Button small icon={<Percent aria-hidden />} onClick={() => setShown('discount')}>
        {texts.discount}
      </Button>
      <Button small onClick={() => setShown('reprice')}>
        {texts.repriceAction}
      </Button>
      {own && (
        <Button small icon={<Trash2 aria-hidden />} onClick={() => setShown('remove')}>
          {texts.removeOwn}
        </Button>
      )}
      <PriceDialog open={shown === 'price'} onClose={close} row={row} />
      <DiscountDialog open={shown === 'discount'} onClose={close} row={row} />
      <RepriceDialog open={shown === 'reprice'} onClose={close} endpoint={row.id} />
      <Confirm open={shown === 'remove'} onClose={close} title={texts.removeOwn} action={texts.removeOwn} onConfirm={() => removeOwn(row.id)}>
        {texts.removeOwnWhy}
      </Confirm>
    </div>
  )
}

function Hosts({ row, rows }: { readonly row: ModelRow; readonly rows: readonly ModelRow[] }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const same = row.canonical === undefined ? [] : rows.filter((each) => each.canonical === row.canonical)
  const price = (each: ModelRow): number => each.price?.microUsdPerMillion.input ?? Number.POSITIVE_INFINITY
  if (same.length < 2) {
    return (
      <Block title={texts.hosts}>
        <p className={styles.faint}>{texts.onlyHost}</p>
      </Block>
    )
  }
  return (
    <Block title={texts.hosts} note={row.canonical}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.host}</th>
            <th scope="col" className={styles.number}>
              {texts.columns.input}
            </th>
            <th scope="col" className={styles.number}>
              {texts.columns.output}
            </th>
            <th scope="col" className={styles.number}>
              {texts.columns.context}
            </th>
            <th scope="col">{texts.columns.usable}</th>
          </tr>
        </thead>
        <tbody>
          {same
            .toSorted((a, b) => price(a) - price(b) || a.id.localeCompare(b.id))
            .map((each) => (
              <tr key={each.id} aria-current={each.id === row.id || undefined}>
                <td>
                  <button type="button" className={styles.link} title={each.id} onClick={() => openModel(each.id)}>
                    {each.providerName}
                  </button>
                </td>
                <td className={styles.number}>{priceText(each.price?.microUsdPerMillion.input, texts)}</td>
                <td className={styles.number}>{priceText(each.price?.microUsdPerMillion.output, texts)}</td>
                <td className={styles.number}>{contextLine(each.context) ?? texts.unknown}</td>
                <td className={classes(!each.usable && styles.faint)} title={each.unusableBecause && words(each.unusableBecause)}>
                  {each.usable ? texts.usable : texts.notUsable}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </Block>
  )
}

function Policy({ provider }: { readonly provider: string }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const summary: ProviderSummary | undefined = useMirrored(providers)?.find((each) => each.id === provider)
  const { dataPolicy, residency, statusPage } = summary ?? {}
  return (
    <Block title={texts.policy} note={summary?.name}>
      <p>
        {dataPolicy === undefined ? (
          texts.policyUnknown
        ) : (
          <>
            {texts.trains(dataPolicy.trains)}, {texts.keeps(dataPolicy.retentionDays)}. {dataPolicy.note && inLanguage(dataPolicy.note)}{' '}
            <Chip>{texts.readOn(dataPolicy.asOf)}</Chip> <OutsideLink href={dataPolicy.source} label={texts.source} inText />
          </>
        )}
      </p>
      <p>
        {texts.residency}: {residency === undefined ? texts.residencyUnknown : residency.regions.map((region) => texts.regions[region]).join(', ')}{' '}
        {residency?.source !== undefined && <OutsideLink href={residency.source} label={`${texts.residency}: ${texts.source}`} inText />}
      </p>
      {statusPage !== undefined && (
        <p>
          {texts.statusPage} <OutsideLink href={statusPage} label={texts.statusPage} inText />
        </p>
      )}
    </Block>
  )
}
