import { Menu } from '@base-ui/react/menu'
import { Bookmark, X } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { parseFilter } from '../../../shared/traffic/parse-filter.ts'
import { client } from '../../client/client.ts'
import { textsNow, useTexts } from '../../i18n/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import menu from '../../ui/menu.module.css'
import { showFailure, showToast } from '../../ui/toast.tsx'
import styles from './filter.module.css'
import { fetchFilters, setFilter } from './list-actions.ts'
import { useTraffic } from './store.ts'
import { TRAFFIC_TEXTS } from './texts.ts'

/** Filters under their names, and a name for the one in the field. */
export function SavedFilters(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS).filter
  const filters = useTraffic((state) => state.filters)
  const filter = useTraffic((state) => state.filter.trim())
  const canSave = filter !== '' && parseFilter(filter).problems.length === 0
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          render={
            <IconButton label={texts.saved}>
              <Bookmark aria-hidden />
            </IconButton>
          }
        />
        <Menu.Portal>
          <Menu.Positioner className={menu.positioner} align="start" sideOffset={4}>
            <Menu.Popup className={menu.popup}>
              {filters.length === 0 && (
                <Menu.Item className={menu.item} disabled>
                  {texts.savedNone}
                </Menu.Item>
              )}
              {filters.map((saved) => (
                <Menu.Item key={saved.name} className={menu.item} title={saved.filter} onClick={() => setFilter(saved.filter)}>
                  <span className={styles.savedName}>{saved.name}</span>
                </Menu.Item>
              ))}
              {filters
                .filter((saved) => saved.filter === filter)
                .map(({ name }) => (
                  <Menu.Item key={`drop ${name}`} className={menu.item} onClick={() => void drop(name)}>
                    <X aria-hidden size={14} />
                    {texts.drop(name)}
                  </Menu.Item>
                ))}
              <Menu.Item className={menu.item} disabled={!canSave} onClick={() => useTraffic.setState({ asking: 'save-filter' })}>
                {texts.save}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <SaveFilter />
    </>
  )
}

function SaveFilter(): ReactElement {
  const texts = useTexts(TRAFFIC_TEXTS).filter
  const filter = useTraffic((state) => state.filter.trim())
  const open = useTraffic((state) => state.asking === 'save-filter')
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string>()
  function close(): void {
    useTraffic.setState({ asking: 'nothing' })
    setName('')
    setProblem(undefined)
  }
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const result = await client['traffic.saveFilter']({ name, filter })
    if (!result.ok) return setProblem(result.failure.message)
    showToast(texts.savedAs(name.trim()))
    close()
    await fetchFilters()
  }
  return (
    <Dialog open={open} onClose={close} title={texts.save} description={texts.saveWhy(filter)}>
      <form onSubmit={(event) => void save(event)}>
        <TextField label={texts.name} value={name} onValue={setName} maxLength={60} autoFocus {...(problem !== undefined && { error: problem })} />
        <DialogActions>
          <Button type="submit" variant="primary" disabled={name.trim() === ''}>
            {texts.saveDo}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

async function drop(name: string): Promise<void> {
  const result = await client['traffic.dropFilter']({ name })
  if (result.ok) showToast(textsNow(TRAFFIC_TEXTS).filter.dropped(name))
  else showFailure(result.failure.message)
  await fetchFilters()
}
