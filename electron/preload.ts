/** Runs sandboxed before the page: lends it the few calls of NativeBridge, one function each, and nothing of ipcRenderer itself. */
import { contextBridge, ipcRenderer } from 'electron'
import { NATIVE_CHANNELS, type NativeBridge } from '../shared/native.ts'

const bridge: NativeBridge = {
  platform: process.platform,
  openExternal: (url) => ipcRenderer.invoke(NATIVE_CHANNELS.openExternal, url),
  revealDataFolder: () => ipcRenderer.invoke(NATIVE_CHANNELS.revealDataFolder),
}

contextBridge.exposeInMainWorld('switchyardNative', bridge)
