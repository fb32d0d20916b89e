/** The last measurements of one thing, forgotten after a while; quantiles are worked out only when somebody asks. */

/** Enough for a 90th percentile that means something, little enough to sort in microseconds. */
const KEPT = 64

export class Rolling {
  readonly #windowMs: number
  readonly #at: number[] = []
  readonly #values: number[] = []
  #next = 0

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  add(value: number, at: number): void {
    this.#at[this.#next] = at
    this.#values[this.#next] = value
    this.#next = (this.#next + 1) % KEPT
  }

  /** Within the window that ends at `now`, in no order. */
  values(now: number): readonly number[] {
    return this.#values.filter((_value, index) => this.#isIn(index, now))
  }

  /** Of those within the window: the smallest value that at least this share (0 to 1) does not exceed. undefined when there are fewer than `least`. */
  quantile(share: number, now: number, least = 1): number | undefined {
    const values = this.values(now)
    if (values.length < least || values.length === 0) return undefined
    return values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(share * values.length) - 1)]
  }

  /** As it is kept over a restart. */
  entries(now: number): readonly (readonly [at: number, value: number])[] {
    return this.#at.flatMap((at, index) => (this.#isIn(index, now) ? [[at, this.#values[index] ?? 0] as const] : []))
  }

  #isIn(index: number, now: number): boolean {
    const age = now - (this.#at[index] ?? Number.NEGATIVE_INFINITY)
    return age >= 0 && age <= this.#windowMs
  }
}
