import { Tabs } from '@base-ui/react/tabs'
import { KeyRound } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import type { ModelRow } from '../../../shared/api/providers.ts'
import type { CallerId } from '../../../shared/ids.ts'
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
import tabs from '../../ui/tabs.module.css'
import { chooseModel, chooseSnippet, createToolKey, snippetKey, snippetModel } from './actions.ts'
import styles from './connect.module.css'
import { SNIPPET_SOURCES, SOURCES_READ } from './snippet-sources.ts'
import { SNIPPETS, type SnippetId } from './snippets.ts'
import { type SnippetKey, useConnect } from './store.ts'
import { testLight } from './test-light.ts'
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
        <Tabs.List className={tabs.tabList} aria-label={texts.tools}>
          {SNIPPETS.map((snippet) => (
            <Tabs.Tab key={snippet.id} value={snippet.id} className={tabs.tab}>
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
            {snippet.also !== undefined && (
              <>
                <p className={styles.note}>{texts.also[snippet.also.id]}</p>
                <CodeBlock text={snippet.also.text(facts)} label={texts.alsoSnippet(snippet.title)} />
              </>
            )}
            <Source id={snippet.id} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
      <Light snippetKey={key} />
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

/** Green at the first request that is answered, red with the reason at one that fails. With a key just made, only that key counts. */
function Light({ snippetKey }: { readonly snippetKey: SnippetKey }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const seen = useConnect((state) => state.seen)
  const names = useMirrored(clientKeys)
  const now = useNow(1000)
  const light = testLight(seen, snippetKey)
  const nameOf = (caller: CallerId): string => names?.find((each) => each.id === caller)?.name ?? texts.aTool
  switch (light.is) {
    case 'waiting':
      return (
        <LightLine tone="info" beats>
          {light.forKey ? texts.waitingForKey : texts.waiting}
        </LightLine>
      )
    case 'arrived':
      return (
        <LightLine tone="info" beats>
          {texts.arrived(nameOf(light.caller), light.request.model)}
        </LightLine>
      )
    case 'connected':
      return (
        <LightLine tone="ok">
          {texts.connected(nameOf(light.caller), light.request.model, formatAgo(light.request.at, now))}
          {texts.came(light.request.dialect, light.request.status, light.request.servedBy)} <a href={hashOf('traffic')}>{texts.seeIt}</a>
        </LightLine>
      )
    case 'failed':
      return (
        <Notice tone="bad">
          <span>
            {texts.gotThrough(nameOf(light.caller), formatAgo(light.request.at, now), light.request.model)}
            {light.request.message !== undefined && <q className={styles.reason}>{light.request.message}</q>}{' '}
            {texts.came(light.request.dialect, light.request.status, light.request.servedBy)} <a href={hashOf('traffic')}>{texts.seeWhy}</a>
          </span>
        </Notice>
      )
    case 'unknown-key':
      return (
        <Notice tone="bad">
          <span>
            {texts.unknownKey(formatAgo(light.request.at, now))} {texts.came(light.request.dialect, light.request.status, undefined)}{' '}
            <a href={hashOf('traffic')}>{texts.seeWhy}</a>
          </span>
        </Notice>
      )
  }
}

function LightLine({ tone, beats = false, children }: { readonly tone: 'info' | 'ok'; readonly beats?: boolean; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.light} data-tone={tone === 'ok' ? 'ok' : 'idle'} role="status">
      <Status tone={tone} beats={beats}>
        <span>{children}</span>
      </Status>
    </div>
  )
}

/** After whose documentation a snippet was written, and when that was looked at last. */
function Source({ id }: { readonly id: SnippetId }): ReactElement {
  const texts = useTexts(CONNECT_TEXTS)
  const source = SNIPPET_SOURCES[id]
  return (
    <p className={styles.note}>
      {source === undefined ? texts.sourceOwn : texts.source(source.version === undefined ? source.docs : `${source.docs} (${source.version})`, SOURCES_READ)}
    </p>
  )
}
