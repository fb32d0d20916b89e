import type { MenuItem } from './menu-item.ts'

export interface MenuActions {
  readonly show: () => void
  readonly revealDataFolder: () => void
}

/**
 * The menu bar, a must on macOS (copy and paste are menu items there) and hidden elsewhere. It leaves Mod+R, Mod+W and Mod+T to the
 * workbench, which means other things by them; a menu's shortcut would win.
 */
export function menuTemplate(platform: NodeJS.Platform, { show, revealDataFolder }: MenuActions): MenuItem[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [{ label: 'Show workbench', click: show }, { label: 'Show data folder', click: revealDataFolder }, { type: 'separator' }, { role: 'quit' }],
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
