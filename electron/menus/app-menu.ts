import { type EndpointActions, type EndpointFacts, endpointItems } from './endpoint-items.ts'
import type { MenuItem } from './menu-item.ts'

export interface MenuActions {
  readonly show: () => void
  readonly revealDataFolder: () => void
}

/** What a window that is a mere view of another engine has none of. */
export interface MenuEndpoint {
  readonly facts: EndpointFacts
  readonly actions: EndpointActions
}

/**
 * The menu bar, a must on macOS (copy and paste are menu items there) and hidden elsewhere. It leaves Mod+R, Mod+W and Mod+T to the
 * workbench, which means other things by them; a menu's shortcut would win.
 */
export function menuTemplate(platform: NodeJS.Platform, { show, revealDataFolder }: MenuActions, endpoint?: MenuEndpoint): MenuItem[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Show workbench', click: show },
        { label: 'Show data folder', click: revealDataFolder },
        ...(endpoint === undefined ? [] : [{ type: 'separator' as const }, ...endpointItems(endpoint.facts, endpoint.actions)]),
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        { type: 'separator' },
        { role: 'toggleDevTools' },
      ],
    },
    { label: '&Window', role: 'window', submenu: [{ role: 'minimize' }, { role: 'zoom' }] },
  ]
}
