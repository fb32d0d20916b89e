/** Parts of names by which hosts tell a format of weights: https://openrouter.ai/docs/features/provider-routing#quantization */
const QUANTIZATION = /(?:^|[-_:])(int4|int8|fp4|fp6|fp8|fp16|bf16|fp32)(?:$|[-_:])/i

/** undefined: the name does not say. */
export function quantizationIn(model: string): string | undefined {
  return QUANTIZATION.exec(model)?.[1]?.toLowerCase()
}
