import { Tabs } from '@base-ui/react/tabs'
import { KeyRound } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useMirrored } from '../../client/mirror.ts'
import { clientKeys, models } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { formatAgo } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Section } from '../../ui/page.tsx'
import { Picker } from '../../ui/picker.tsx'
import { Notice, Status } from '../../ui/status.tsx'
import { chooseModel, chooseSnippet, createToolKey, type SnippetKey, snippetKey, snippetModel } from './actions.ts'
import styles from './connect.module.css'
import { SNIPPETS, type SnippetId } from './snippets.ts'
import { useConnect } from './store.ts'
import { CONNECT_TEXTS } from './texts.ts'

const NO_MODELS: readonly ModelRow[] = []

export function SnippetSection({ status }: { readonly status: ConnectStatus }): ReactElement {
  const rows = useMirrored(models) ?? NO_MODELS
  const texts = useTexts(CONNECT_TEXTS)
  const shown = useConnect((state) => state.created)
  const toolKeys = useConnect((state) => state.toolKeys)
  const creating = useConnect((state) => state.creating)
  const chosen = useConnect((state) => state.model)
  const tab = useConnect((state) => state.snippet)
  const created = toolKeys[tab] ?? shown
  const model = snippetModel(rows, chosen, created !== undefined)
  const key = snippetKey(created, status.demoKey, model)
  const facts = {
    address: status.address ?? 'http://127.0.0.1:4747',
    key: key.is === 'placeholder' ? texts.placeholder : key.secret,
    model: model?.id ?? chosen ?? 'demo/swift',
  }
  return (
    <Section title={texts.setup}>
      <div className={styles.setup}>
        <div className={styles.modelPicker}>
          <Picker
            label={texts.model}
            placeholder={texts.findModel}
            options={rows
              .filter((row) => row.usable)
              .map((row) => ({ value: row.id, label: row.id, note: row.simulated ? texts.simulated : row.providerName }))}
            value={model?.id}
            onValue={chooseModel}
          />
        </div>
        <KeyLine snippetKey={key} />
      </div>
      <Tabs.Root className={styles.tabs} value={tab} onValueChange={(value: SnippetId) => chooseSnippet(value)}>
        <Tabs.List className={styles.tabList} aria-label={texts.tools}>
          {SNIPPETS.map((snippet) => (
            <Tabs.Tab key={snippet.id} value={snippet.id} className={styles.tab}>
              {snippet.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SNIPPETS.map((snippet) => (
          <Tabs.Panel key={snippet.id} value={snippet.id} className={styles.panel}>
            <div className={styles.noteLine}>
              <p className={styles.note}>{texts.notes[snippet.id]}</p>
              {toolKeys[snippet.id] === undefined && (
                <Button small icon={<KeyRound aria-hidden />} disabled={creating} onClick={() => void createToolKey(snippet)}>
                  {texts.makeKey(snippet.title)}
                </Button>
              )}
            </div>
            <CodeBlock text={snippet.text(facts)} label={texts.snippet(snippet.title)} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
      <TestLight snippetKey={key} />
    </Section>
  )
}

function KeyLine({ snippetKey: key }: { readonly snippetKey: SnippetKey }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  switch (key.is) {
    case 'created':
      return <p className={styles.keyLine}>{texts.keyCreated}</p>
    case 'demo':
      return <p className={styles.keyLine}>{texts.keyDemo}</p>
    case 'placeholder':
      return <p className={styles.keyLine}>{texts.keyPlaceholder}</p>
  }
}

/** Green as soon as a request of the tool is seen. With a key just made, only that key counts. */
function TestLight({ snippetKey: key }: { readonly snippetKey: SnippetKey }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const seen = useConnect((state) => state.seen)
  const names = useMirrored(clientKeys)
  const now = useNow(1000)
  const wanted = key.is === 'created' ? key.caller : undefined
  const [caller, latest] = Object.entries(seen)
    .filter(([each]) => wanted === undefined || each === wanted)
    .reduce<readonly [string, (typeof seen)[string] | undefined]>(
      (best, [each, one]) => (best[1] === undefined || one.at > best[1].at ? [each, one] : best),
      ['', undefined],
    )
  if (latest === undefined) {
    return (
      <div className={styles.light} data-tone="idle" role="status">
        <Status tone="info" beats>
          {wanted === undefined ? texts.waiting : texts.waitingForKey}
        </Status>
      </div>
    )
  }
  const name = names?.find((each) => each.id === caller)?.name ?? texts.aTool
  if (latest.outcome === 'failed') {
    return (
      <Notice tone="warn">
        <span>
          {texts.gotThrough(name, formatAgo(latest.at, now), latest.model)}
          <a href={hashOf('traffic')}>{texts.seeWhy}</a>
        </span>
      </Notice>
    )
  }
  return (
    <div className={styles.light} data-tone="ok" role="status">
      <Status tone="ok">
        <span>
          {texts.connected(name, latest.model, formatAgo(latest.at, now))}
          <a href={hashOf('traffic')}>{texts.seeIt}</a>
        </span>
      </Status>
    </div>
  )
}
