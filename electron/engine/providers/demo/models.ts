import { OWN_SOURCES } from '../../../../shared/messages/price-source.ts'
import type { DeclaredModel } from '../define.ts'
import { freeOfCharge } from '../free.ts'

const price = freeOfCharge(OWN_SOURCES['simulated-here'])

/** How a simulated model behaves: a wait before the first word, then a steady pace. */
export interface Temper {
  readonly firstWordMs: number
  readonly tokensPerSecond: number
}

export const demoModels = [
  { id: 'swift', name: 'Swift (simulated)', context: 32_000, output: 1_000, can: [], price },
  { id: 'steady', name: 'Steady (simulated)', context: 128_000, output: 4_000, can: [], price },
  { id: 'scholar', name: 'Scholar (simulated)', context: 200_000, output: 8_000, can: ['reasoning'], price },
  { id: 'clerk', name: 'Clerk (simulated)', context: 128_000, output: 4_000, can: ['tools', 'json-schema'], price },
] as const satisfies readonly DeclaredModel[]

export type DemoModel = (typeof demoModels)[number]['id']

export const tempers: Readonly<Record<DemoModel, Temper>> = {
  swift: { firstWordMs: 120, tokensPerSecond: 140 },
  steady: { firstWordMs: 350, tokensPerSecond: 75 },
  scholar: { firstWordMs: 700, tokensPerSecond: 55 },
  clerk: { firstWordMs: 250, tokensPerSecond: 100 },
}

export function isDemoModel(id: string): id is DemoModel {
  return demoModels.some((model) => model.id === id)
}
