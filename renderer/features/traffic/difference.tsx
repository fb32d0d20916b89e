import { diffLines } from 'diff'
import { type ReactElement, type ReactNode, useMemo } from 'react'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import { totalInput, totalOutput } from '../../../shared/chat.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Block, DetailBody, DetailTitle } from '../../ui/details.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { formatClock, formatCount, formatMoney, formatSpan } from '../../ui/figures.ts'
import { type DiffPart, wordDiff } from '../playground/word-diff.ts'
import { DRAWER_TEXTS } from './drawer-texts.ts'
import { closeDifference } from './request-actions.ts'
import { useTraffic } from './store.ts'
import { outcomeLabel } from './story.ts'
import styles from './traffic.module.css'

/** Bodies with nothing in common take long to compare and show nothing. */
const LONGEST_MS = 400

/** Two requests side by side: their figures, their bodies line by line, their answers word by word. */
export function DifferenceDrawer(): ReactElement | null {
  const texts = useTexts(DRAWER_TEXTS).diff
  const difference = useTraffic((state) => state.difference)
  if (difference.is !== 'open') return null
  const { one, other } = difference
  return (
    <Drawer label={texts.title} name="traffic-diff" title={<DetailTitle name={texts.title} />} onClose={closeDifference}>
      <DetailBody label={texts.title}>
        <Figures one={one} other={other} />
        <Bodies
          title={texts.request}
          one={one.exchange && pretty(one.exchange.requestBody)}
          other={other.exchange && pretty(other.exchange.requestBody)}
          by="lines"
        />
        <Bodies title={texts.answer} one={one.exchange?.answer?.text} other={other.exchange?.answer?.text} by="words" />
      </DetailBody>
    </Drawer>
  )
}

interface Pair {
  readonly one: TrafficDetail
  readonly other: TrafficDetail
}

function Figures({ one, other }: Pair): ReactElement {
  const { diff: texts, fact } = useTexts(DRAWER_TEXTS)
  const rows: readonly (readonly [string, (detail: TrafficDetail) => string])[] = [
    [fact.arrived, ({ record }) => formatClock(record.at)],
    [fact.asked, ({ record }) => record.requested],
    [fact.served, ({ record }) => record.servedBy ?? ''],
    [fact.status, ({ record }) => `${record.status ?? ''} ${outcomeLabel(record)}`.trim()],
    [fact.first, ({ record }) => formatSpan(record.firstEventMs)],
    [fact.whole, ({ record }) => formatSpan(record.totalMs)],
    [fact.input, ({ record }) => formatCount(totalInput(record.tokens))],
    [fact.output, ({ record }) => formatCount(totalOutput(record.tokens))],
    [fact.cost, ({ record }) => formatMoney(record.cost)],
  ]
  return (
    <table className={styles.bill}>
      <thead>
        <tr>
          <th scope="col">{texts.field}</th>
          <th scope="col">{texts.one}</th>
          <th scope="col">{texts.other}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, figure]) => (
          <tr key={name} data-differs={figure(one) !== figure(other) || undefined}>
            <th scope="row">{name}</th>
            <td>{figure(one)}</td>
            <td>{figure(other)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface BodiesProps {
  readonly title: string
  readonly one: string | undefined
  readonly other: string | undefined
  readonly by: 'lines' | 'words'
}

function Bodies({ title, one, other, by }: BodiesProps): ReactElement {
  const texts = useTexts(DRAWER_TEXTS).diff
  const parts = useMemo(
    () => (one === undefined || other === undefined ? undefined : by === 'words' ? wordDiff(one, other) : lineDiff(one, other)),
    [one, other, by],
  )
  let body: ReactNode
  if (one === undefined || other === undefined) body = <p className={styles.faint}>{texts.notKept}</p>
  else if (one === other) body = <p className={styles.faint}>{texts.same}</p>
  else if (parts === undefined) body = <p className={styles.faint}>{texts.tooDifferent}</p>
  else
    body = (
      <div className={by === 'lines' ? styles.diffLines : styles.diffWords}>
        {parts.map(({ is, text }, index) => {
          const Mark = is === 'added' ? 'ins' : is === 'removed' ? 'del' : 'span'
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts are made anew together
          return <Mark key={index}>{text}</Mark>
        })}
      </div>
    )
  return <Block title={title}>{body}</Block>
}

function lineDiff(one: string, other: string): readonly DiffPart[] | undefined {
  const changes = diffLines(one, other, { timeout: LONGEST_MS })
  return changes?.map(({ value, added, removed }) => ({ is: added ? 'added' : removed ? 'removed' : 'same', text: value }))
}

/** One field a line, so that lines can be compared. */
function pretty(body: string): string {
  try {
    return `${JSON.stringify(JSON.parse(body), null, 2)}\n`
  } catch {
    // cut at the capture limit, or never JSON: compared as it is
    return body
  }
}
