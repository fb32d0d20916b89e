/** The last midnight of this machine's clock, in milliseconds since the Unix epoch. */
export function localMidnight(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0)
}
