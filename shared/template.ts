/** `{{name}}` in a prompt stands for a row's value. A name is letters, digits, `_`, `-` and `.`, spaces round it do not count. */
const VARIABLE = /\{\{\s*([\p{L}\p{N}_.-]+)\s*\}\}/gu

/** The names in the order in which they first stand. */
export function variablesOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(VARIABLE)].map((match) => match[1] ?? ''))]
}

/** Puts the values in, once: what looks like a variable inside a value stays text. A name without a value stays as it is written. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(VARIABLE, (written, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : written))
}
