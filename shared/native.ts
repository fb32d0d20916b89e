/** The few things a window can do and a browser tab cannot. Exposed by the preload as `window.switchyardNative`; absent in headless mode. */
export interface NativeBridge {
  readonly platform: string
  /** Opens an https, http or mailto address outside, after the shell has checked it. */
  openExternal(url: string): Promise<void>
  /** Shows the data folder in the file manager. */
  revealDataFolder(): Promise<void>
}

/** The IPC channels behind the bridge. */
export const NATIVE_CHANNELS = { openExternal: 'native:open-external', revealDataFolder: 'native:reveal-data-folder' } as const
