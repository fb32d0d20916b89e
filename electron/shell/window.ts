import type { BrowserWindowConstructorOptions } from 'electron'
import type { ElectronFace, WindowFace } from './electron-face.ts'

/** Exported for the tests, which hold every line of it. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    name: 'workbench',
    windowStatePersistence: true,
    title: 'Switchyard',
    width: 1360,
    height: 860,
    minWidth: 900,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    // Chromium's spelling checker fetches its dictionaries from a server of its maker's: https://www.electronjs.org/docs/latest/tutorial/spellchecker
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, webSecurity: true, spellcheck: false },
  }
}

export interface Workbench {
  /** Brings the window to the front; makes it anew when it was closed. */
  show(): void
}

/** The one window. @param failed hears of a page that could not be loaded */
export function workbench(electron: Pick<ElectronFace, 'BrowserWindow'>, address: string, preload: string, failed: (thrown: unknown) => void): Workbench {
  let window: WindowFace | undefined

  function open(): WindowFace {
    const opened = new electron.BrowserWindow(windowOptions(preload))
    // Shown when drawn, so that no white sheet flashes up in a dark theme.
    opened.once('ready-to-show', () => opened.show())
    opened.once('closed', () => {
      window = undefined
    })
    opened.loadURL(address).catch(failed)
    return opened
  }

  return {
    show() {
      if (window === undefined) {
        window = open()
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}
