/**
 * The exports that providers give of what was used. Written from documentation and public examples, not from exports of our own: the column names
 * come from the sources beside each, read on 2026-11-25. Names are compared without regard to case.
 */

/** Which columns of a file say what. Several are added up. */
export interface Columns {
  readonly day: string
  /** undefined: the file does not tell models apart. */
  readonly model: string | undefined
  readonly input: readonly string[]
  /** Added where the file has them: columns that came later, or go. */
  readonly inputToo: readonly string[]
  readonly output: readonly string[]
  /** In USD. */
  readonly cost: string | undefined
  readonly currency: string | undefined
  /** What the model's column holds beside the model's name. */
  readonly modelOf?: (written: string) => string
}

export interface ExportFormat {
  readonly id: FormatId
  /** What it is called where it is downloaded. */
  readonly title: string
  readonly provider: string
  readonly columns: Columns
}

export type FormatId = 'openai-usage' | 'openai-costs' | 'anthropic-usage' | 'anthropic-costs' | 'openrouter-activity' | 'openrouter-logs'

export const FORMATS: readonly ExportFormat[] = [
  // an example on GitHub (analysis of completions_usage_2025-10-27) and the fields of the Usage API that it exports
  {
    id: 'openai-usage',
    title: 'OpenAI, usage (completions_usage_….csv)',
    provider: 'openai',
    columns: { day: 'start_time', model: 'model', input: ['input_tokens'], inputToo: [], output: ['output_tokens'], cost: undefined, currency: undefined },
  },
  // an example on GitHub of September 2026; a line item is "gpt-5-nano, input_tokens"
  {
    id: 'openai-costs',
    title: 'OpenAI, costs (cost_….csv)',
    provider: 'openai',
    columns: {
      ...{ day: 'start_time', model: 'line_item', input: [], inputToo: [], output: [], cost: 'amount_value', currency: 'amount_currency' },
      modelOf: (written) => written.split(',', 1)[0]?.trim() ?? '',
    },
  },
  // examples on GitHub of March to September 2026, several projects alike
  {
    id: 'anthropic-usage',
    title: 'Anthropic Console, usage',
    provider: 'anthropic',
    columns: {
      ...{ day: 'usage_date_utc', model: 'model_version', cost: undefined, currency: undefined, output: ['usage_output_tokens'] },
      input: ['usage_input_tokens_no_cache'],
      inputToo: ['usage_input_tokens_cache_write_5m', 'usage_input_tokens_cache_write_1h', 'usage_input_tokens_cache_write', 'usage_input_tokens_cache_read'],
    },
  },
  // the same; models are written as display names
  {
    id: 'anthropic-costs',
    title: 'Anthropic Console, costs',
    provider: 'anthropic',
    columns: { day: 'usage_date_utc', model: 'model', input: [], inputToo: [], output: [], cost: 'cost_usd', currency: undefined },
  },
  // openrouter.ai/docs/guides/guides/activity-export, and an example on GitHub of May 2026. Completion tokens hold the reasoning.
  {
    id: 'openrouter-activity',
    title: 'OpenRouter, activity',
    provider: 'openrouter',
    columns: { day: 'Date', model: 'Slug', input: ['Prompt Tokens'], inputToo: [], output: ['Completion Tokens'], cost: 'Usage', currency: undefined },
  },
  // an example on GitHub of April 2026: one line a request
  {
    id: 'openrouter-logs',
    title: 'OpenRouter, logs',
    provider: 'openrouter',
    columns: {
      ...{
        day: 'created_at',
        model: 'model_permaslug',
        input: ['tokens_prompt'],
        inputToo: [],
        output: ['tokens_completion'],
        cost: 'cost_total',
        currency: undefined,
      },
    },
  },
]

/** What all exports of one kind have in common; undefined: its columns must be told. */
export function formatOf(header: readonly string[]): ExportFormat | undefined {
  const has = new Set(header.map((name) => name.toLowerCase()))
  return FORMATS.find(({ columns }) => namesIn(columns).every((name) => has.has(name.toLowerCase())))
}

/** The columns that must be there. */
export function namesIn({ day, model, input, output, cost, currency }: Columns): readonly string[] {
  return [
    day,
    ...(model === undefined ? [] : [model]),
    ...input,
    ...output,
    ...(cost === undefined ? [] : [cost]),
    ...(currency === undefined ? [] : [currency]),
  ]
}
