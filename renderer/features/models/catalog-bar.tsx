import { Plus, RotateCw, X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { CatalogStatus } from '../../../shared/api/models.ts'
import { useMirrored } from '../../client/mirror.ts'
import { catalog } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { inLanguage, words } from '../../messages/words.ts'
import { Button } from '../../ui/button.tsx'
import { formatAgo } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Notice } from '../../ui/status.tsx'
import { cancelRefresh, decideHeld, refreshCatalog } from './actions.ts'
import styles from './models.module.css'
import { changesBetween, priceText } from './price-buckets.ts'
import { useModels } from './store.ts'
import { MODELS_TEXTS } from './texts.ts'

/** How old what is shown is, and what asks for a decision. */
export function CatalogBar({ onAdd }: { readonly onAdd: () => void }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const status = useMirrored(catalog)
  const asked = useModels((state) => state.refreshing)
  const refreshing = asked || status?.refreshing === true
  return (
    <>
      <div className={styles.catalog}>
        <Age status={status} />
        <span className={styles.fill} />
        <Button small icon={<Plus aria-hidden />} onClick={onAdd}>
          {texts.ownModel}
        </Button>
        <Button
          small
          icon={<RotateCw aria-hidden className={refreshing ? styles.turning : undefined} />}
          disabled={refreshing}
          onClick={() => void refreshCatalog()}
        >
          {status?.progress === undefined ? (refreshing ? texts.refreshing : texts.refresh) : texts.progress(status.progress.done, status.progress.total)}
        </Button>
        {status?.progress !== undefined && (
          <Button small variant="quiet" icon={<X aria-hidden />} onClick={() => void cancelRefresh()}>
            {texts.stopRefresh}
          </Button>
        )}
      </div>
      {status !== undefined && <Sources status={status} />}
      {status !== undefined && <Decisions status={status} />}
    </>
  )
}

function Age({ status }: { readonly status: CatalogStatus | undefined }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const now = useNow(30_000)
  const newest = status?.sources.reduce<string | undefined>((day, { asOf }) => (day === undefined || asOf > day ? asOf : day), undefined)
  const fetchedAt = status?.sources.reduce<number | undefined>(
    (at, source) => (source.fetchedAt === undefined ? at : Math.max(at ?? 0, source.fetchedAt)),
    undefined,
  )
  const told = status?.sources.map(({ name, asOf }) => `${name}: ${asOf}`).join('\n')
  return (
    <span className={styles.age} title={told}>
      {newest === undefined ? '…' : texts.catalogFrom(newest)}
      {fetchedAt !== undefined && <span className={styles.faint}> · {texts.fetched(formatAgo(fetchedAt, now))}</span>}
    </span>
  )
}

/** Each list by itself: how old it is, whether it is being asked, and why one is not. */
function Sources({ status }: { readonly status: CatalogStatus }): ReactElement {
  const texts = useTexts(MODELS_TEXTS)
  const now = useNow(30_000)
  const asking = new Set(status.progress?.asking)
  const state = ({ name, asOf, fetchedAt, models, failure }: CatalogStatus['sources'][number]): string =>
    [
      asking.has(name) ? texts.asking : undefined,
      fetchedAt === undefined ? texts.cameWithApp(asOf) : texts.fetched(formatAgo(fetchedAt, now)),
      models === undefined ? undefined : texts.listed(models),
      failure === undefined ? undefined : texts.failedLast(words(failure)),
    ]
      .filter((each) => each !== undefined)
      .join(' · ')
  const known = new Set(status.sources.map(({ name }) => name))
  return (
    <details className={styles.sources}>
      <summary>{texts.sources(status.sources.length)}</summary>
      <ul className={styles.held} aria-label={texts.sources(status.sources.length)}>
        {status.sources.map((source) => (
          <li key={source.name}>
            <span className={styles.mono}>{source.name}</span> <span className={styles.faint}>{state(source)}</span>
          </li>
        ))}
        {[...asking]
          .filter((name) => !known.has(name))
          .map((name) => (
            <li key={name}>
              <span className={styles.mono}>{name}</span> <span className={styles.faint}>{texts.asking}</span>
            </li>
          ))}
        {status.notAsked.map(({ name, why }) => (
          <li key={name}>
            <span className={styles.mono}>{name}</span> <span className={styles.faint}>{texts.notAsked(inLanguage(why))}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Decisions({ status }: { readonly status: CatalogStatus }): ReactElement | null {
  const texts = useTexts(MODELS_TEXTS)
  const failed = status.sources.filter((source) => source.failure !== undefined)
  const none = failed.length === 0 && status.held.length === 0 && status.fileProblem === undefined
  if (none) return null
  return (
    <div className={styles.notices}>
      {status.fileProblem !== undefined && (
        <Notice tone="bad">
          {texts.fileProblem} {words(status.fileProblem)}
        </Notice>
      )}
      {failed.map(({ name, asOf, failure }) => (
        <Notice key={name} tone="warn">
          {texts.sourceFailed(name, asOf, words(failure ?? ''))}
        </Notice>
      ))}
      {status.held.length > 0 && (
        <Notice tone="warn">
          <p>
            {texts.held(status.held.length)}. {texts.heldWhy}
          </p>
          <ul className={styles.held}>
            {status.held.map(({ endpoint, before, after }) => (
              <li key={endpoint}>
                <span className={styles.mono}>{endpoint}</span>
                <span className={styles.heldChanges}>
                  {changesBetween(before, after)
                    .map((change) => texts.heldChange(texts.buckets[change.bucket], priceText(change.before, texts), priceText(change.after, texts)))
                    .join(', ')}
                </span>
                <Button small aria-label={`${texts.accept}: ${endpoint}`} onClick={() => void decideHeld(endpoint, true)}>
                  {texts.accept}
                </Button>
                <Button small variant="quiet" aria-label={`${texts.refuse}: ${endpoint}`} onClick={() => void decideHeld(endpoint, false)}>
                  {texts.refuse}
                </Button>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}
