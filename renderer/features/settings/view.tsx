import { RotateCw, Settings as SettingsIcon } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { Settings } from '../../../shared/settings.ts'
import { useMirror } from '../../client/mirror.ts'
import { settings } from '../../client/mirrors.ts'
import { hashOf, usePlace } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { Page, Panel, Section } from '../../ui/page.tsx'
import tabs from '../../ui/tabs.module.css'
import { Control } from './control.tsx'
import { PAGES, type PageId } from './items.ts'
import { groupsFor } from './search.ts'
import styles from './settings.module.css'
import { SETTINGS_TEXTS } from './texts.ts'

export function SettingsView(): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const state = useMirror(settings)
  return (
    <Page title={texts.title} lead={texts.lead}>
      {state.is === 'loading' && <Skeleton rows={10} label={texts.loading} />}
      {state.is === 'failed' && (
        <EmptyState icon={<SettingsIcon />} title={texts.failed} tone="bad">
          <p>{state.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void settings.refresh()}>
            {texts.tryAgain}
          </Button>
        </EmptyState>
      )}
      {state.is === 'ready' && <Pages settings={state.value} />}
    </Page>
  )
}

function Pages({ settings: now }: { readonly settings: Settings }): ReactElement {
  const texts = useTexts(SETTINGS_TEXTS)
  const { rest } = usePlace()
  const [query, setQuery] = useState('')
  const page: PageId = PAGES.find((each) => each === rest) ?? 'general'
  const groups = groupsFor(page, query, texts)
  return (
    <>
      <div className={styles.head}>
        <nav className={styles.pages} aria-label={texts.pagesLabel}>
          {PAGES.map((each) => (
            <a
              key={each}
              className={tabs.tab}
              href={hashOf('settings', each)}
              aria-current={each === page && query.trim() === '' ? 'page' : undefined}
              onClick={() => setQuery('')}
            >
              {texts.pages[each]}
            </a>
          ))}
        </nav>
        <div className={styles.search}>
          <TextField label={texts.search} hideLabel placeholder={texts.search} type="search" value={query} onValue={setQuery} />
        </div>
      </div>
      {groups.length === 0 && <p className={styles.hint}>{texts.nothingFound}</p>}
      {groups.map((group) => (
        <Section key={group.id} title={texts.groups[group.id]}>
          <Panel>
            {group.items.map((item) => (
              <Control key={item.path} item={item} settings={now} />
            ))}
          </Panel>
        </Section>
      ))}
    </>
  )
}
