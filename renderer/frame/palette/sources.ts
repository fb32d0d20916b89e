/** The sources that are there before any feature is opened. */
import { client } from '../../client/client.ts'
import { models } from '../../client/mirrors.ts'
import { openTab } from '../../features/playground/desk-actions.ts'
import { textsNow } from '../../i18n/texts.ts'
import { formatListMoment } from '../../ui/figures.ts'
import { go, SECTIONS } from '../route.ts'
import { ACTIONS, type ActionId } from '../shortcuts/actions.ts'
import { bindings, runAction } from '../shortcuts/bindings.ts'
import { chordHint } from '../shortcuts/chord.ts'
import { FRAME_TEXTS } from '../texts.ts'
import { addCommands, type Command } from './registry.ts'

const MOST_REQUESTS = 8

/** Adds them; once, when the workbench is opened. */
export function addFrameCommands(): () => void {
  models.start()
  const remove = [addCommands(sections), addCommands(actions), addCommands(modelCommands), addCommands(requests), addCommands(cacheEntries)]
  return () => {
    for (const each of remove) each()
  }
}

function sections(): readonly Command[] {
  const { sections: names, goTo } = textsNow(FRAME_TEXTS)
  return SECTIONS.map((section) => ({ id: `go-${section}`, group: 'sections', title: goTo(names[section]), keywords: section, run: () => go(section) }))
}

function actions(): readonly Command[] {
  const { actions: names } = textsNow(FRAME_TEXTS)
  const bound = bindings()
  return (Object.keys(ACTIONS) as ActionId[])
    .filter((id) => ACTIONS[id].inPalette)
    .map((id) => {
      const chord = bound[id]
      return { id: `do-${id}`, group: 'actions', title: names[id], ...(chord !== '' && { note: chordHint(chord) }), run: () => runAction(id) }
    })
}

/** Only when something is typed: there may be thousands. */
function modelCommands(query: string): readonly Command[] {
  const state = models.store.getState()
  if (query.trim() === '' || state.is !== 'ready') return []
  const { useModel } = textsNow(FRAME_TEXTS)
  return state.value
    .filter(({ usable }) => usable)
    .map(({ id, name, providerName }) => ({
      id: `model-${id}`,
      group: 'models',
      title: id,
      note: useModel,
      keywords: `${name} ${providerName}`,
      run() {
        openTab({ panes: [{ id: '', model: id }] })
        go('playground')
      },
    }))
}

async function requests(query: string): Promise<readonly Command[]> {
  const text = query.trim()
  const result = await client['traffic.list']({ limit: MOST_REQUESTS, ...(text !== '' && { text }) })
  if (!result.ok) return []
  const now = Date.now()
  return result.value.rows.map(({ id, at, requested, callerName, outcome }) => ({
    id: `request-${id}`,
    group: 'requests',
    title: [requested, callerName].filter(Boolean).join(', '),
    note: `${outcome} ${formatListMoment(at, now)}`,
    found: true,
    run: () => go('traffic', id),
  }))
}

/** Only when something is typed, for the newest entries say little by themselves. */
async function cacheEntries(query: string): Promise<readonly Command[]> {
  const text = query.trim()
  if (text === '') return []
  const result = await client['cache.list']({ limit: MOST_REQUESTS, text, sort: 'newest' })
  if (!result.ok) return []
  return result.value.rows.map(({ key, question, model }) => ({
    id: `cache-${key}`,
    group: 'cache',
    title: question,
    note: model,
    found: true,
    run: () => go('cache', key),
  }))
}
