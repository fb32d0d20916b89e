import { Tabs } from '@base-ui/react/tabs'
import type { ReactElement } from 'react'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import type { ModelRow } from '../../../shared/api/providers.ts'
import { useMirrored } from '../../client/mirror.ts'
import { clientKeys, models } from '../../client/mirrors.ts'
import { hashOf } from '../../frame/route.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { formatAgo } from '../../ui/figures.ts'
import { useNow } from '../../ui/now.ts'
import { Section } from '../../ui/page.tsx'
import { Picker } from '../../ui/picker.tsx'
import { Notice, Status } from '../../ui/status.tsx'
import { chooseModel, chooseSnippet, KEY_PLACEHOLDER, type SnippetKey, snippetKey, snippetModel } from './actions.ts'
import styles from './connect.module.css'
import { SNIPPETS } from './snippets.ts'
import { useConnect } from './store.ts'

const NO_MODELS: readonly ModelRow[] = []

export function SnippetSection({ status }: { readonly status: ConnectStatus }): ReactElement {
  const rows = useMirrored(models) ?? NO_MODELS
  const created = useConnect((state) => state.created)
  const chosen = useConnect((state) => state.model)
  const tab = useConnect((state) => state.snippet)
  const model = snippetModel(rows, chosen, created !== undefined)
  const key = snippetKey(created, status.demoKey, model)
  const facts = {
    address: status.address ?? 'http://127.0.0.1:4747',
    key: key.is === 'placeholder' ? KEY_PLACEHOLDER : key.secret,
    model: model?.id ?? chosen ?? 'demo/swift',
  }
  return (
    <Section title="Set up a tool">
      <div className={styles.setup}>
        <div className={styles.modelPicker}>
          <Picker
            label="Model"
            placeholder="Find a model"
            options={rows.filter((row) => row.usable).map((row) => ({ value: row.id, label: row.id, note: row.simulated ? 'simulated' : row.providerName }))}
            value={model?.id}
            onValue={chooseModel}
          />
        </div>
        <KeyLine snippetKey={key} />
      </div>
      <Tabs.Root className={styles.tabs} value={tab} onValueChange={(value: string) => chooseSnippet(value)}>
        <Tabs.List className={styles.tabList} aria-label="Tools">
          {SNIPPETS.map((snippet) => (
            <Tabs.Tab key={snippet.id} value={snippet.id} className={styles.tab}>
              {snippet.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {SNIPPETS.map((snippet) => (
          <Tabs.Panel key={snippet.id} value={snippet.id} className={styles.panel}>
            <p className={styles.note}>{snippet.note}</p>
            <CodeBlock text={snippet.text(facts)} label={`${snippet.title} snippet`} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
      <TestLight snippetKey={key} />
    </Section>
  )
}

function KeyLine({ snippetKey: key }: { readonly snippetKey: SnippetKey }): ReactElement {
  switch (key.is) {
    case 'created':
      return <p className={styles.keyLine}>Filled in with the key you just made.</p>
    case 'demo':
      return <p className={styles.keyLine}>Works as it stands: the demo key opens simulated models. For real ones create a key above.</p>
    case 'placeholder':
      return <p className={styles.keyLine}>Put in a key of yours, or create one above and it is filled in here.</p>
  }
}

/** Green as soon as a request of the tool is seen. With a key just made, only that key counts. */
function TestLight({ snippetKey: key }: { readonly snippetKey: SnippetKey }): ReactElement {
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
          {wanted === undefined ? 'Test: waiting for a request from any tool' : 'Test: waiting for the first request with the new key'}
        </Status>
      </div>
    )
  }
  const name = names?.find((each) => each.id === caller)?.name ?? 'A tool'
  if (latest.outcome === 'failed') {
    return (
      <Notice tone="warn">
        <span>
          {`${name} got through ${formatAgo(latest.at, now)}, but its request for ${latest.model} failed. `}
          <a href={hashOf('traffic')}>See why in Traffic</a>
        </span>
      </Notice>
    )
  }
  return (
    <div className={styles.light} data-tone="ok" role="status">
      <Status tone="ok">
        <span>
          {`Connected: ${name} asked for ${latest.model} ${formatAgo(latest.at, now)}. `}
          <a href={hashOf('traffic')}>See it in Traffic</a>
        </span>
      </Status>
    </div>
  )
}
