/**
 * What the window may not do. It shows answers of models, which is to say text from strangers, so it never leaves its own origin, opens no
 * window, embeds nothing, and is granted no permission but to put text on the clipboard.
 */
import { originOf } from '../http/app-protocol.ts'
import type { AppFace, SessionFace } from './electron-face.ts'

/** Confines every page that the app will ever have, webviews included, to `origin`; what it wanted to open goes to `openOutside`. */
export function confinePages(app: AppFace, origin: string, openOutside: (address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      contents.on(event, (details) => {
        if (originOf(details.url) !== origin) details.preventDefault()
      })
    }
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  })
}

/** Refuses every permission, asked for or looked up, and every device, except writing to the clipboard from `origin`. */
export function denyPermissions(session: SessionFace, origin: string): void {
  const granted = (permission: string, asking: string): boolean => permission === 'clipboard-sanitized-write' && originOf(asking) === origin
  session.setPermissionRequestHandler((_contents, permission, callback, details) => callback(granted(permission, details.requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => granted(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
}
