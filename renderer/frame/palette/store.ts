import { create } from 'zustand'

/** What lies over the screen. One at a time. */
export const useOverlay = create<{ readonly open: 'palette' | 'shortcuts' | undefined }>(() => ({ open: undefined }))

export function openOverlay(which: 'palette' | 'shortcuts'): void {
  useOverlay.setState(({ open }) => ({ open: open === which ? undefined : which }))
}

export function closeOverlay(): void {
  useOverlay.setState({ open: undefined })
}
