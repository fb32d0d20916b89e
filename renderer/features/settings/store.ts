import { create } from 'zustand'

/** Fields the engine refused, by the name of the setting. */
export const useRefusals = create<Readonly<Record<string, string>>>(() => ({}))
