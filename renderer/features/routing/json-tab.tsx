import { Download, FileUp, RotateCw } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { RoutingProblem } from '../../../shared/api/routing.ts'
import type { RoutingConfig } from '../../../shared/routing-config.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { Notice } from '../../ui/status.tsx'
import { edit, exportConfig, loadVersions, reload, takeText } from './actions.ts'
import { Problems } from './problems.tsx'
import styles from './routing.module.css'
import { Lines } from './select.tsx'
import { useVersions } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

/** The whole of it as text, and what the file was before. */
export function JsonTab({ config, path }: { readonly config: RoutingConfig; readonly path: string }): ReactElement {
  const all = useTexts(ROUTING_TEXTS)
  const texts = all.json
  const [typed, setTyped] = useState(() => JSON.stringify(config, null, 2))
  const [told, setTold] = useState<readonly RoutingProblem[] | undefined>(undefined)
  const file = useRef<HTMLInputElement>(null)
  const take = async (text: string): Promise<void> => setTold(await takeText(text))
  return (
    <>
      <div className={styles.tools}>
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          className="visually-hidden"
          aria-label={texts.import}
          tabIndex={-1}
          onChange={(event) => {
            const [chosen] = event.target.files ?? []
            event.target.value = ''
            void chosen?.text().then((text) => {
              setTyped(text)
              return take(text)
            })
          }}
        />
        <Button small icon={<FileUp aria-hidden size={14} />} onClick={() => file.current?.click()}>
          {texts.import}
        </Button>
        <Button small icon={<Download aria-hidden size={14} />} onClick={exportConfig}>
          {texts.export}
        </Button>
        <Button small icon={<RotateCw aria-hidden size={14} />} onClick={() => void reload()}>
          {texts.reload}
        </Button>
      </div>
      <Lines label={texts.text} hint={texts.lead(path)} mono rows={22} value={typed} onValue={setTyped} />
      {told !== undefined && told.length > 0 && <Problems title={all.problems} problems={told} tone="bad" />}
      {told?.length === 0 && <Notice tone="ok">{texts.taken}</Notice>}
      <div>
        <Button onClick={() => void take(typed)}>{texts.take}</Button>
      </div>
      <Versions />
    </>
  )
}

function Versions(): ReactElement {
  const texts = useTexts(ROUTING_TEXTS).json
  const versions = useVersions((state) => state.versions)
  useEffect(() => void loadVersions(), [])
  return (
    <Section title={texts.versions}>
      {versions.length === 0 && <p className={styles.faint}>{texts.noVersions}</p>}
      <ol className={styles.steps}>
        {versions.map(({ version, savedAt, config }) => {
          const at = new Date(savedAt).toLocaleString()
          return (
            <li key={version} className={styles.version}>
              <span>{at}</span>
              {config === undefined ? (
                <span className={styles.faint}>{texts.spoilt}</span>
              ) : (
                <Button small aria-label={texts.restoreLabel(at)} onClick={() => edit(() => config)}>
                  {texts.restore}
                </Button>
              )}
            </li>
          )
        })}
      </ol>
    </Section>
  )
}
