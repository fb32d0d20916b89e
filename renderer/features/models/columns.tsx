import type { ReactElement } from 'react'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { words } from '../../messages/words.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Chip } from '../../ui/status.tsx'
import { contextLine, providerNameOf } from '../playground/model-list.ts'
import { abilitiesOf, type SortBy } from './filter.ts'
import styles from './models.module.css'
import { priceText } from './price-buckets.ts'
import type { ModelsTexts } from './texts.ts'

type ModelColumn = Column<ModelRow> & { readonly id: SortBy }

/** Make them once for each language: rows are drawn anew when they change. */
export function columnsIn(texts: ModelsTexts): readonly ModelColumn[] {
  const { columns } = texts
  const price = (microUsd: number | undefined): ReactElement => faintIf(microUsd === undefined, priceText(microUsd, texts))
  const tokens = (count: number | undefined): ReactElement => faintIf(count === undefined, contextLine(count) ?? texts.unknown)
  const number = { align: 'end', sorts: true } as const
  return [
    // several providers have a model of the same name: beside the drawer that tells them apart, where their prices stand
    { id: 'name', title: columns.model, widthPx: 180, likesPx: 220, fill: true, yields: 0, sorts: true, cell: (row) => <Name row={row} texts={texts} /> },
    { id: 'provider', title: columns.provider, widthPx: 140, yields: 0, sorts: true, cell: (row) => <span className={styles.dim}>{providerNameOf(row)}</span> },
    { id: 'input', title: columns.input, widthPx: 84, yields: 1, ...number, cell: (row) => price(row.price?.microUsdPerMillion.input) },
    { id: 'output', title: columns.output, widthPx: 84, yields: 1, ...number, cell: (row) => price(row.price?.microUsdPerMillion.output) },
    { id: 'cacheRead', title: columns.cacheRead, widthPx: 80, yields: 6, ...number, cell: (row) => price(row.price?.microUsdPerMillion.cacheRead) },
    { id: 'context', title: columns.context, widthPx: 76, yields: 2, ...number, cell: (row) => tokens(row.context) },
    { id: 'longest', title: columns.longest, widthPx: 76, yields: 7, ...number, cell: (row) => tokens(row.output) },
    { id: 'abilities', title: columns.abilities, widthPx: 270, yields: 4, sorts: true, cell: (row) => <Abilities row={row} texts={texts} /> },
    { id: 'cutoff', title: columns.cutoff, widthPx: 84, yields: 8, sorts: true, cell: (row) => faintIf(true, row.facts?.cutoff?.slice(0, 7) ?? texts.unknown) },
    { id: 'usable', title: columns.usable, widthPx: 84, yields: 3, sorts: true, cell: (row) => <Usable row={row} texts={texts} /> },
  ]
}

function Name({ row, texts }: { readonly row: ModelRow; readonly texts: ModelsTexts }): ReactElement {
  return (
    <span className={styles.name} title={row.id}>
      <span className={styles.words} translate="no">
        {row.name}
      </span>
      {row.simulated && <Chip>{texts.simulated}</Chip>}
      {row.runsLocally && !row.simulated && <Chip>{texts.local}</Chip>}
      {row.facts?.deprecated === true && <Chip tone="warn">{row.facts.retiresOn === undefined ? texts.deprecated : texts.retiresOn(row.facts.retiresOn)}</Chip>}
    </span>
  )
}

function Abilities({ row, texts }: { readonly row: ModelRow; readonly texts: ModelsTexts }): ReactElement {
  const known = abilitiesOf(row)
  if (known.length === 0) return faintIf(true, row.can === undefined && row.facts === undefined ? texts.unknown : '–')
  return <span className={styles.dim}>{known.map((each) => texts.abilities[each]).join(' · ')}</span>
}

function Usable({ row, texts }: { readonly row: ModelRow; readonly texts: ModelsTexts }): ReactElement {
  return (
    <span className={row.usable ? styles.dim : styles.faint} title={row.unusableBecause && words(row.unusableBecause)}>
      {row.usable ? texts.usable : texts.notUsable}
    </span>
  )
}

function faintIf(faint: boolean, text: string): ReactElement {
  return <span className={faint ? styles.faint : undefined}>{text}</span>
}
