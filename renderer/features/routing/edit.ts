/** Changes to lists and named entries, as new values. */

export function replaced<T>(list: readonly T[], place: number, item: T): T[] {
  return list.map((each, index) => (index === place ? item : each))
}

export function removed<T>(list: readonly T[], place: number): T[] {
  return list.filter((_each, index) => index !== place)
}

/** The item at `from` put before what is at `to` once it is taken out. Places outside of the list change nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from]
  if (item === undefined || to < 0 || to >= list.length || from === to) return [...list]
  const rest = removed(list, from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

/** The same entry under another name, in its place; undefined when that name is taken. */
export function renamed<T>(entries: Readonly<Record<string, T>>, before: string, after: string): Record<string, T> | undefined {
  if (after === before) return { ...entries }
  if (Object.hasOwn(entries, after)) return undefined
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name === before ? after : name, entry]))
}

/** `alias`, `alias-2`, `alias-3`: the first that is free. */
export function freeName(entries: Readonly<Record<string, unknown>>, base: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`
    if (!Object.hasOwn(entries, name)) return name
  }
}

export function withoutName<T>(entries: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([each]) => each !== name))
}
