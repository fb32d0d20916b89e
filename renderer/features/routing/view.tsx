import { Tabs } from '@base-ui/react/tabs'
import { RotateCw, Waypoints } from 'lucide-react'
import { type ReactElement, type ReactNode, useEffect } from 'react'
import type { RoutingConfig } from '../../../shared/routing-config.ts'
import { useMirror } from '../../client/mirror.ts'
import { go, usePlace } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Notice } from '../../ui/status.tsx'
import tabs from '../../ui/tabs.module.css'
import { discard, edit, keepMine, save } from './actions.ts'
import { Aliases } from './aliases.tsx'
import { Auto } from './auto/auto.tsx'
import { Fallbacks } from './fallbacks.tsx'
import { Health } from './health.tsx'
import { JsonTab } from './json-tab.tsx'
import { ModelNames } from './models-field.tsx'
import { Presets } from './presets.tsx'
import { Problems } from './problems.tsx'
import { Replay } from './replay.tsx'
import styles from './routing.module.css'
import { Rules } from './rules.tsx'
import { Simulator } from './simulator.tsx'
import { Splits } from './splits.tsx'
import { routing, useEdits } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

const TABS = ['aliases', 'auto', 'presets', 'rules', 'fallbacks', 'splits', 'simulator', 'replay', 'health', 'json'] as const
type Tab = (typeof TABS)[number]

/** `#/routing/rule-for/<model>`: other screens ask for a new rule so. */
const RULE_FOR = 'rule-for/'

export function RoutingView(): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const state = useMirror(routing)
  const draft = useEdits((edits) => edits.draft)
  if (state.is === 'loading') {
    return (
      <Page title={texts.title} lead={texts.lead}>
        <Skeleton rows={10} label={texts.loading} />
      </Page>
    )
  }
  if (state.is === 'failed') {
    return (
      <Page title={texts.title} lead={texts.lead}>
        <EmptyState icon={<Waypoints />} title={texts.failedTitle} tone="bad">
          <p>{state.failure.message}</p>
          <Button icon={<RotateCw aria-hidden />} onClick={() => void routing.refresh()}>
            {texts.again}
          </Button>
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page title={texts.title} lead={texts.lead}>
      <ModelNames />
      <Saving />
      <Parts config={draft?.config ?? state.value.config} path={state.value.path} revision={state.value.revision} />
    </Page>
  )
}

/** What is not saved yet, and what stands in the way. Keeps its place while there is something to save. */
function Saving(): ReactElement | null {
  const texts = useTexts(ROUTING_TEXTS)
  const { draft, saving, problems, warnings, conflict } = useEdits()
  if (draft === undefined) return null
  return (
    <div className={styles.saving}>
      <div className={styles.savingLine}>
        <span>{texts.unsaved}</span>
        <span className={styles.gap} />
        <Button small onClick={discard}>
          {texts.discard}
        </Button>
        <Button small variant="primary" disabled={saving} onClick={() => void save()}>
          {saving ? texts.saving : texts.save}
        </Button>
      </div>
      {conflict !== undefined && (
        <Notice tone="bad">
          {conflict}{' '}
          <Button small onClick={keepMine}>
            {texts.keepMine}
          </Button>{' '}
          <Button small onClick={discard}>
            {texts.takeTheirs}
          </Button>
        </Notice>
      )}
      <Problems title={texts.problems} problems={problems} tone="bad" />
      <Problems title={texts.warnings} problems={warnings} tone="warn" />
    </div>
  )
}

function Parts({ config, path, revision }: { readonly config: RoutingConfig; readonly path: string; readonly revision: string }): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const { rest } = usePlace()
  const first = texts.rules.first
  useEffect(() => {
    if (!rest.startsWith(RULE_FOR)) return
    const model = rest.slice(RULE_FOR.length)
    edit((now) => ({
      ...now,
      rules: [...now.rules, { name: `${first}: ${model}`.slice(0, 80), enabled: true, when: { models: [model] }, actions: [{ do: 'route', models: [model] }] }],
    }))
    go('routing', 'rules')
  }, [rest, first])
  const tab = TABS.find((each) => each === rest) ?? 'aliases'
  const bodies: Readonly<Record<Tab, () => ReactNode>> = {
    auto: () => <Auto />,
    aliases: () => <Aliases aliases={config.aliases} />,
    presets: () => <Presets presets={config.presets} />,
    rules: () => <Rules rules={config.rules} />,
    fallbacks: () => <Fallbacks fallbacks={config.fallbacks} />,
    splits: () => <Splits splits={config.splits} shadows={config.shadows} />,
    simulator: () => <Simulator />,
    replay: () => <Replay />,
    health: () => <Health />,
    json: () => <JsonTab config={config} path={path} />,
  }
  return (
    <Tabs.Root value={tab} onValueChange={(next: Tab) => go('routing', next)} className={styles.tabs}>
      <Tabs.List className={tabs.tabList} aria-label={texts.tabsLabel}>
        {TABS.map((each) => (
          <Tabs.Tab key={each} value={each} className={tabs.tab}>
            {texts.tabs[each]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {TABS.map((each) => (
        // what was typed belongs to the file that it was typed into
        <Tabs.Panel key={`${each} ${revision}`} value={each} className={styles.panel}>
          {bodies[each]()}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
