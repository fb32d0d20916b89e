/** Text of anybody's making as a header's value, which takes few characters and not many of them. */

/** Client libraries refuse answers whose headers are longer than some 16 kB in all. */
const LIMIT_CHARACTERS = 2000

/** What stands for itself in a header. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, LIMIT_CHARACTERS)
}

/** Names of fields that were left out. Clients make them up, so they may hold anything. */
export function droppedNames(dropped: readonly string[]): string {
  const names = dropped.join(', ')
  return names.length <= LIMIT_CHARACTERS ? headerText(names) : `${headerText(names)}...`
}
