/** Texts of others as values of response headers: Node sends none that hold anything but ASCII, and an answer that is paid for must not fail by its name. */

/** Client libraries refuse answers whose headers are longer than some 16 kB in all. */
const LIMIT_CHARACTERS = 2000

/** On one line, with `?` for what a header cannot hold. */
export function headerText(text: string): string {
  const held = text.length <= LIMIT_CHARACTERS ? text : `${text.slice(0, LIMIT_CHARACTERS)}...`
  return held.replace(/[^\x20-\x7e]/g, '?')
}

/** Names of fields that were left out. Clients make them up, so they may hold anything. */
export function droppedNames(dropped: readonly string[]): string {
  return headerText(dropped.join(', '))
}
