export const isMac = /mac|iphone|ipad/i.test(navigator.platform)

/** The key people call "Mod": Command on a Mac, Control elsewhere. Nothing else may be held. */
export function isMod(event: { readonly metaKey: boolean; readonly ctrlKey: boolean; readonly altKey: boolean; readonly shiftKey: boolean }): boolean {
  return (isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey && !event.shiftKey
}

/** `⌘1` or `Ctrl 1`, for hints. */
export function modHint(key: string): string {
  return isMac ? `⌘${key}` : `Ctrl ${key}`
}

/** Puts the focus on the list of the screen, or of a part of it; where there is none, nothing happens. */
export function focusList(within: ParentNode | null | undefined = document): void {
  within?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
}

/** Whether a dialog, a menu or an open list is in front and has the keys. Toasts are dialogs too, but take no keys from what is below them. */
export function isSomethingInFront(): boolean {
  const found = document.querySelectorAll('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')
  return [...found].some((each) => each.closest('[data-toasts]') === null)
}
