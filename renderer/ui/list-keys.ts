/** What keys mean in lists and their drawers. Which key is which, the frame knows from the settings: it says so by `listKeysAre`. */

export type ListKey = 'nextRow' | 'previousRow' | 'openRow' | 'quickLook' | 'close' | 'filter'

export type ListKeys = (event: KeyboardEvent) => ListKey | undefined

let keyOf: ListKeys = () => undefined

/** Called once, when the window starts. */
export function listKeysAre(keys: ListKeys): void {
  keyOf = keys
}

export function listKeyOf(event: KeyboardEvent): ListKey | undefined {
  return keyOf(event)
}
