/** Names that were probably meant: by how few letters differ, and twice as much by how many words are the same, whatever their order. */

export const MOST_NEAR = 5

/** Below this a name helps nobody. */
const LEAST_LIKENESS = 0.45

/** At most five of `names`, the nearest first. */
export function nearNames(wanted: string, names: Iterable<string>): readonly string[] {
  const target = wanted.toLowerCase()
  const scored: { readonly name: string; readonly score: number }[] = []
  for (const name of names) {
    const score = likeness(target, name.toLowerCase())
    if (score >= LEAST_LIKENESS) scored.push({ name, score })
  }
  scored.sort((first, second) => second.score - first.score || first.name.length - second.name.length || (first.name < second.name ? -1 : 1))
  return scored.slice(0, MOST_NEAR).map(({ name }) => name)
}

/** 0 to 1. A name without its provider is compared to names without theirs; a provider that fits as well is worth a little more. */
function likeness(wanted: string, name: string): number {
  const whole = compare(wanted, name)
  const bare = compare(tail(wanted), tail(name))
  return wanted.includes('/') ? Math.max(whole, 0.95 * bare) : bare
}

function compare(first: string, second: string): number {
  const letters = 1 - distance(first, second) / Math.max(first.length, second.length, 1)
  return (letters + 2 * overlap(words(first), words(second))) / 3
}

function tail(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** `gpt4o-mini` and `gpt-4o-mini` share all of theirs. */
function words(name: string): ReadonlySet<string> {
  return new Set(name.match(/\d+|[a-z]+/g))
}

/** Dice coefficient. */
function overlap(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  if (first.size + second.size === 0) return 0
  let shared = 0
  for (const word of first) if (second.has(word)) shared++
  return (2 * shared) / (first.size + second.size)
}

/** Levenshtein, one row at a time. */
function distance(first: string, second: string): number {
  let row = Array.from({ length: second.length + 1 }, (_, index) => index)
  for (let i = 1; i <= first.length; i++) {
    const next = [i]
    for (let j = 1; j <= second.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (first[i - 1] === second[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[second.length] ?? 0
}
