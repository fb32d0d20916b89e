/** The weights in the repository, made ready once. Apart from the rest, so that the file is read when the first request asks for a choice. */
import file from './shipped-weights.json' with { type: 'json' }
import { unpack, type Weights, type WeightsFile } from './weights.ts'

export const SHIPPED_WEIGHTS_FILE: WeightsFile = file as WeightsFile
export const SHIPPED_WEIGHTS: Weights = unpack(SHIPPED_WEIGHTS_FILE)
