/** Which part of a cross-validation an example belongs to, by its place: even, but in no step with an order that the examples may have. */
export function partOf(at: number, parts: number): number {
  const mixed = Math.imul(at + 1, 0x9e3779b1)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % parts
}
