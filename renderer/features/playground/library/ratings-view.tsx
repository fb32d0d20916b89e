import { TriangleAlert, Trophy } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import type { Rating, Ratings } from '../../../../shared/api/votes.ts'
import type { Result } from '../../../../shared/contract.ts'
import { client } from '../../../client/client.ts'
import { live } from '../../../client/live.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { EmptyState, Skeleton } from '../../../ui/empty-state.tsx'
import { texts as playground } from '../texts.ts'
import styles from './library.module.css'
import { texts } from './texts.ts'

/** How models fared in the votes, by the kind of task. */
export function RatingsView(): ReactElement {
  const t = useTexts(texts)
  const names: Readonly<Record<string, string>> = useTexts(playground).votes.tags
  const [tag, setTag] = useState('')
  const [result, setResult] = useState<Result<Ratings>>()
  useEffect(() => {
    let left = false
    const ask = () =>
      void client['votes.ratings'](tag === '' ? {} : { tag }).then((next) => {
        if (!left) setResult(next)
      })
    ask()
    const offs = [live.on('votes', ask), live.onResync(ask)]
    return () => {
      left = true
      for (const off of offs) off()
    }
  }, [tag])

  if (result === undefined) return <Skeleton rows={6} label={t.loading} />
  if (!result.ok) return <EmptyState icon={<TriangleAlert />} title={result.failure.message} tone="bad" />
  const { votes, tags, ratings } = result.value
  if (tags.length === 0) {
    return (
      <EmptyState icon={<Trophy />} title={t.noVotes}>
        <p>{t.noVotesHint}</p>
      </EmptyState>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which the keyboard must be able to do
    <section className={styles.ratings} tabIndex={0} aria-label={t.ratings}>
      <header>
        <label>
          {t.task}
          <select value={tag} onChange={(event) => setTag(event.target.value)}>
            <option value="">{t.allTasks}</option>
            {tags.map((each) => (
              <option key={each.tag} value={each.tag}>
                {names[each.tag] ?? each.tag} ({each.votes})
              </option>
            ))}
          </select>
        </label>
        <span className={styles.dim}>{t.votes(votes)}</span>
      </header>
      <RatingsTable ratings={ratings} />
      <p className={styles.dim}>{t.how}</p>
    </section>
  )
}

function RatingsTable({ ratings }: { readonly ratings: readonly Rating[] }): ReactElement {
  const t = useTexts(texts)
  const least = Math.min(...ratings.map(({ low }) => low))
  const span = Math.max(1, Math.max(...ratings.map(({ high }) => high)) - least)
  const at = (value: number) => ((value - least) / span) * 100
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t.model}</th>
          <th scope="col">{t.rating}</th>
          <th scope="col">{t.interval}</th>
          <th scope="col">{t.won}</th>
          <th scope="col">{t.lost}</th>
          <th scope="col">{t.tied}</th>
        </tr>
      </thead>
      <tbody>
        {ratings.map(({ model, rating, low, high, wins, losses, ties }) => (
          <tr key={model}>
            <th scope="row">
              <code>{model}</code>
            </th>
            <td>{Math.round(rating)}</td>
            <td className={styles.interval}>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect x={at(low)} y="3" width={Math.max(0.5, at(high) - at(low))} height="2" />
                <rect x={Math.min(99, at(rating))} y="0" width="1" height="8" />
              </svg>
              {Math.round(low)} – {Math.round(high)}
            </td>
            <td>{wins}</td>
            <td>{losses}</td>
            <td>{ties}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
