/**
 * A map for what comes and goes with every request. In a plain Map each entry that is deleted leaves a hole, and V8 rebuilds the table every few of
 * them; the old table keeps its entries and points to the new one, for iterators that are still under way. One dead table in the old generation then
 * keeps all later ones alive, and with them every request they ever held, until the next full collection. Measured at 32 requests at a time: 27 % of
 * all that requests allocated outlived minor collections, and 10 % with this; 15 % less CPU, 70 MB less memory. Here the table holds numbers alone,
 * and what they stand for lies in slots that are emptied.
 */
export class SlotMap<Key, Value> {
  readonly #places = new Map<Key, number>()
  readonly #slots: (Value | undefined)[] = []
  readonly #free: number[] = []
  #newest: Key | undefined

  get size(): number {
    return this.#places.size
  }

  has(key: Key): boolean {
    return this.#places.has(key)
  }

  get(key: Key): Value | undefined {
    const place = this.#places.get(key)
    return place === undefined ? undefined : this.#slots[place]
  }

  /** A key that is there already keeps its place in the order. */
  set(key: Key, value: Value): void {
    let place = this.#places.get(key)
    if (place === undefined) {
      place = this.#free.pop() ?? this.#slots.length
      this.#places.set(key, place)
      this.#newest = key
    }
    this.#slots[place] = value
  }

  /** The key becomes the newest. Where it is that already, as with the turns of one conversation, the table is left alone. */
  setNewest(key: Key, value: Value): void {
    if (this.#newest !== key) this.delete(key)
    this.set(key, value)
  }

  delete(key: Key): boolean {
    const place = this.#places.get(key)
    if (place === undefined) return false
    this.#places.delete(key)
    this.#slots[place] = undefined
    this.#free.push(place)
    if (this.#newest === key) this.#newest = undefined
    return true
  }

  clear(): void {
    this.#places.clear()
    this.#slots.length = 0
    this.#free.length = 0
    this.#newest = undefined
  }

  /** The oldest first, as in a Map. */
  *entries(): Generator<readonly [Key, Value]> {
    for (const [key, place] of this.#places) yield [key, this.#slots[place] as Value]
  }

  *values(): Generator<Value> {
    for (const place of this.#places.values()) yield this.#slots[place] as Value
  }

  keys(): MapIterator<Key> {
    return this.#places.keys()
  }
}
