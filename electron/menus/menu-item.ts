/** An item of a menu as data: as much of Electron's own type as is used, so that menus are made, and tested, without it. */
export interface MenuItem {
  readonly label?: string
  readonly role?: 'appMenu' | 'editMenu' | 'quit' | 'resetZoom' | 'zoomIn' | 'zoomOut' | 'togglefullscreen' | 'toggleDevTools' | 'window' | 'minimize' | 'zoom'
  readonly type?: 'separator'
  readonly enabled?: boolean
  readonly click?: () => void
  readonly submenu?: MenuItem[]
}
