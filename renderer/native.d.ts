import type { NativeBridge } from '../shared/native.ts'

declare global {
  interface Window {
    /** Put there by the preload; a browser tab has none. */
    readonly switchyardNative?: NativeBridge
  }
}
