/**
 * For what comes and goes with every request. In a plain Map or Set each entry that is deleted leaves a hole, and V8 rebuilds the table every few of
 * them; the old table keeps its entries and points to the new one, for iterators that are still under way. One dead table in the old generation then
 * keeps all later ones alive, and with them every request they ever held, until the next full collection. Measured at 32 requests at a time: 27 % of
 * all that requests allocated outlived minor collections, and 4 % with these; 140 MB less memory under load in paired rounds, and between nothing and 14 % less CPU.
 */

/** Things without a name, each in a slot that is emptied when it goes. */
export class Slots<Value> {
  readonly #slots: (Value | undefined)[] = []
  readonly #free: number[] = []

  get size(): number {
    return this.#slots.length - this.#free.length
  }

  /** Returns its place, by which it is had and removed. */
  add(value: Value): number {
    const place = this.#free.pop() ?? this.#slots.length
    this.#slots[place] = value
    return place
  }

  at(place: number): Value | undefined {
    return this.#slots[place]
  }

  replace(place: number, value: Value): void {
    this.#slots[place] = value
  }

  /** To be called once for each that was added. */
  remove(place: number): void {
    this.#slots[place] = undefined
    this.#free.push(place)
  }

  clear(): void {
    this.#slots.length = 0
    this.#free.length = 0
  }

  /** In no order. */
  *values(): Generator<Value> {
    for (const value of this.#slots) if (value !== undefined) yield value
  }
}

/** A Map whose table holds numbers alone: the places of what they stand for. */
export class SlotMap<Key, Value> {
  readonly #places = new Map<Key, number>()
  readonly #slots = new Slots<Value>()
  #newest: Key | undefined

  get size(): number {
    return this.#places.size
  }

  has(key: Key): boolean {
    return this.#places.has(key)
  }

  get(key: Key): Value | undefined {
    const place = this.#places.get(key)
    return place === undefined ? undefined : this.#slots.at(place)
  }

  /** A key that is there already keeps its place in the order. */
  set(key: Key, value: Value): void {
    const place = this.#places.get(key)
    if (place === undefined) {
      this.#places.set(key, this.#slots.add(value))
      this.#newest = key
    } else this.#slots.replace(place, value)
  }

  /** The key becomes the newest. Where it is that already, as with the turns of one conversation, the table is left alone. */
  setNewest(key: Key, value: Value): void {
    if (this.#newest !== key) this.delete(key)
    this.set(key, value)
  }

  /** The same for a key that is there already, whose value stays. */
  touch(key: Key): void {
    const place = this.#newest === key ? undefined : this.#places.get(key)
    if (place === undefined) return
    this.#places.delete(key)
    this.#places.set(key, place)
    this.#newest = key
  }

  delete(key: Key): boolean {
    const place = this.#places.get(key)
    if (place === undefined) return false
    this.#places.delete(key)
    this.#slots.remove(place)
    if (this.#newest === key) this.#newest = undefined
    return true
  }

  /** Deletes it and returns what it was. */
  take(key: Key): Value | undefined {
    const place = this.#places.get(key)
    if (place === undefined) return undefined
    const value = this.#slots.at(place)
    this.#places.delete(key)
    this.#slots.remove(place)
    if (this.#newest === key) this.#newest = undefined
    return value
  }

  deleteOldest(): void {
    const oldest = this.#places.keys().next()
    if (oldest.done !== true) this.delete(oldest.value)
  }

  clear(): void {
    this.#places.clear()
    this.#slots.clear()
    this.#newest = undefined
  }

  /** The oldest first, as in a Map. */
  *entries(): Generator<readonly [Key, Value]> {
    for (const [key, place] of this.#places) yield [key, this.#slots.at(place) as Value]
  }

  *values(): Generator<Value> {
    for (const place of this.#places.values()) yield this.#slots.at(place) as Value
  }

  keys(): MapIterator<Key> {
    return this.#places.keys()
  }
}
