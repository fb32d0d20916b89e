import { NATIVE_CHANNELS } from '../../shared/native.ts'
import { originOf } from '../http/app-protocol.ts'
import type { IpcFace, SenderEvent } from './electron-face.ts'

type Channel = keyof typeof NATIVE_CHANNELS

/** One handler a channel; each checks its own argument, which the page could have made anything. */
export type NativeHandlers = { readonly [C in Channel]: (argument: unknown) => Promise<void> }

/** Registers the bridge's channels. Only the main frame of `origin` is served; anyone else gets a rejected promise. */
export function serveNativeBridge(ipcMain: IpcFace, origin: string, handlers: NativeHandlers): void {
  for (const name of Object.keys(NATIVE_CHANNELS) as Channel[]) {
    ipcMain.handle(NATIVE_CHANNELS[name], async (event, argument) => {
      if (!isFromOurPage(event, origin)) throw new Error(`${name} is for the workbench's own page`)
      await handlers[name](argument)
    })
  }
}

function isFromOurPage({ senderFrame }: SenderEvent, origin: string): boolean {
  return senderFrame !== null && senderFrame.parent === null && originOf(senderFrame.url) === origin
}
