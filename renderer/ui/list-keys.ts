/** What keys mean in lists and their drawers. Which key is which, the frame knows from the settings: it says so by `listKeysAre`. */

export type ListKey = 'nextRow' | 'previousRow' | 'openRow' | 'quickLook' | 'close' | 'filter'

export type ListKeys = (event: KeyboardEvent) => ListKey | undefined

let keyOf: ListKeys = () => undefined
let filterHint: () => string | undefined = () => undefined

/** Called once, when the window starts. */
export function listKeysAre(keys: ListKeys, hintOfFilter: () => string | undefined): void {
  keyOf = keys
  filterHint = hintOfFilter
}

/** The key for filtering, as it is written on this machine; undefined where its user wants none. */
export function filterKeyHint(): string | undefined {
  return filterHint()
}

export function listKeyOf(event: KeyboardEvent): ListKey | undefined {
  return keyOf(event)
}
