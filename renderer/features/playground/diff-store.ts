import { create } from 'zustand'

/** Which two panes are compared word by word, counted from 0. */
export const useDiff = create<{ readonly open: boolean; readonly one: number; readonly other: number }>()(() => ({ open: false, one: 0, other: 1 }))

export function toggleDiff(): void {
  useDiff.setState(({ open }) => ({ open: !open }))
}
