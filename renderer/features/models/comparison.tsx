import { type ReactElement, type ReactNode, useEffect } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useTexts } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { listKeyOf } from '../../ui/list-keys.ts'
import { providerNameOf } from '../playground/model-list.ts'
import { compare } from './actions.ts'
import { abilitiesOf } from './filter.ts'
import styles from './models.module.css'
import { CALL_BUCKETS, priceText, TOKEN_BUCKETS } from './price-buckets.ts'
import { useModels } from './store.ts'
import { MODELS_TEXTS, type ModelsTexts } from './texts.ts'
import { tokensText } from './words.ts'

/** The models of the tray, one in each column. Esc goes back to the list. */
export function Comparison({ rows }: { readonly rows: readonly ModelRow[] }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const tray = useModels((state) => state.tray)
  const compared = tray.flatMap((id) => rows.find((row) => row.id === id) ?? [])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (listKeyOf(event) === 'close' && !event.defaultPrevented && document.querySelector('[role="dialog"]') === null) compare(false)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  useEffect(() => {
    if (tray.length === 0) compare(false)
  }, [tray.length])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.comparison} aria-label={texts.comparison} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td>
              <span className={styles.under}>{texts.perMillion}</span>
            </td>
            {compared.map((row) => (
              <th key={row.id} scope="col">
                {row.name}
                <span className={styles.under}>{providerNameOf(row)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {linesIn(texts)
            .filter(({ always, cell }) => always === true || compared.some((row) => cell(row) !== texts.unknown))
            .map(({ title, cell }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                {compared.map((row) => (
                  <td key={row.id}>{cell(row)}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

interface Line {
  readonly title: string
  readonly cell: (row: ModelRow) => ReactNode
  /** Also where nothing is known of any. */
  readonly always?: boolean
}

function linesIn(texts: ModelsTexts): readonly Line[] {
  return [
    ...TOKEN_BUCKETS.map(
      (bucket): Line => ({
        title: texts.buckets[bucket],
        cell: (row) => priceText(row.price?.microUsdPerMillion[bucket], texts),
        always: bucket === 'input' || bucket === 'output',
      }),
    ),
    ...CALL_BUCKETS.map((bucket): Line => ({ title: texts.buckets[bucket], cell: ({ price }) => priceText(microOf(price?.perCall?.[bucket]), texts) })),
    { title: texts.contextWindow, cell: (row) => tokensText(row.context, texts), always: true },
    { title: texts.longestAnswer, cell: (row) => tokensText(row.output, texts), always: true },
    {
      title: texts.can,
      cell: (row) =>
        abilitiesOf(row)
          .map((each) => texts.abilities[each])
          .join(', ') || texts.unknown,
      always: true,
    },
    { title: texts.efforts, cell: (row) => row.facts?.efforts?.join(', ') ?? texts.unknown },
    { title: texts.cutoff, cell: (row) => row.facts?.cutoff ?? texts.unknown },
    { title: texts.columns.usable, cell: (row) => (row.usable ? texts.usable : words(row.unusableBecause ?? texts.notUsable)), always: true },
  ]
}

function microOf(nanoUsd: number | undefined): number | undefined {
  return nanoUsd === undefined ? undefined : nanoUsd / 1000
}
