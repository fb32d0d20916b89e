/**
 * All of Electron that we use, to be read at a glance and faked in tests. The shell takes it as a parameter and imports types alone; main.ts
 * hands in the real one, and the compiler checks that it fits.
 */
import type * as Electron from 'electron'

export interface ElectronFace {
  readonly app: AppFace
  readonly protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>
  readonly session: { readonly defaultSession: SessionFace }
  readonly ipcMain: IpcFace
  readonly shell: Pick<Electron.Shell, 'openExternal' | 'openPath'>
  readonly clipboard: Pick<Electron.Clipboard, 'writeText'>
  readonly dialog: Pick<Electron.Dialog, 'showErrorBox'>
  readonly Menu: Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>
  readonly BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => WindowFace
  readonly Tray: new (image: string) => TrayFace
}

export interface AppFace extends Pick<Electron.App, 'enableSandbox' | 'exit' | 'quit' | 'requestSingleInstanceLock' | 'setPath' | 'whenReady'> {
  on(event: 'second-instance' | 'activate' | 'window-all-closed', listener: () => void): unknown
  on(event: 'before-quit', listener: (event: Preventable) => void): unknown
  on(event: 'web-contents-created', listener: (event: unknown, contents: ContentsFace) => void): unknown
}

export type SessionFace = Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>

export interface IpcFace {
  handle(channel: string, listener: (event: SenderEvent, argument: unknown) => unknown): void
}

/** Who sent an IPC message. `senderFrame` is null when that frame is gone already. */
export interface SenderEvent {
  readonly senderFrame: { readonly url: string; readonly parent: object | null } | null
}

export interface WindowFace extends Pick<Electron.BrowserWindow, 'focus' | 'isMinimized' | 'loadURL' | 'restore' | 'show'> {
  once(event: 'ready-to-show' | 'closed', listener: () => void): unknown
}

export interface TrayFace extends Pick<Electron.Tray, 'setContextMenu' | 'setToolTip'> {
  setImage(path: string): void
  on(event: 'click', listener: () => void): unknown
}

export interface ContentsFace {
  on(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', listener: (event: Preventable & { readonly url: string }) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void
}

export interface Preventable {
  preventDefault(): void
}
