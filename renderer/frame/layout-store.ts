import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Layout {
  /** undefined: the user has not said; narrow windows fold it, wide ones do not. */
  readonly railFolded: boolean | undefined
  /** The first steps have been put away. */
  readonly welcomed: boolean
}

export const useLayout = create<Layout>()(persist(() => ({ railFolded: undefined, welcomed: false }) as Layout, { name: 'switchyard.layout', version: 1 }))
