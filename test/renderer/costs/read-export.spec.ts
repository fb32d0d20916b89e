import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { dayIn, numberIn, tokensIn } from '../../../renderer/features/costs/reconcile/cells.ts'
import { FORMATS, formatOf, namesIn } from '../../../renderer/features/costs/reconcile/formats.ts'
import { type ReadExport, readExport } from '../../../renderer/features/costs/reconcile/read-export.ts'

const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
const read = (text: string): Promise<ReadExport> => readExport(text, undefined, quiet)

/** Written after the public examples named in formats.ts; every figure is made up. */
const EXAMPLES = {
  'openai-usage': `start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens
1761523800,1761523860,2025-10-27T00:10:00+00:00,2025-10-27T00:11:00+00:00,proj_1,3.0,,key_1,gpt-5-mini-2025-08-07,,,4212,1673,1280,2932
1761523800,1761523860,2025-10-27T00:10:00+00:00,2025-10-27T00:11:00+00:00,proj_1,1.0,,key_2,gpt-5-mini-2025-08-07,,,800.0,27,0,800
1761523860,1761523920,2025-10-27T00:11:00+00:00,2025-10-27T00:12:00+00:00,,,,,,,,,,,
`,
  'openai-costs': `start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source
1790467200,1790553600,2026-09-27T00:00:00+00:00,2026-09-28T00:00:00+00:00,,,,,,,,,,,,,
1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,0.003835980000000000000000000000,usd,1000,tokens,"gpt-5-nano, input_tokens",,key_1,proj_1,org_1,One,Two,x@example.org,
1790553600,1790640000,2026-09-28T00:00:00,2026-09-29T00:00:00,0.5,usd,100,tokens,"gpt-5-nano, output_tokens",,key_1,proj_1,org_1,One,Two,x@example.org,
`,
  'anthropic-usage': `usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
2026-08-05,claude-opus-5,One key,Default,standard,≤ 200k,46981,15969,10,5,16932,0,global,
`,
  'anthropic-costs': `usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed
2026-08-04,Claude Haiku 4.5,Default,one,message,≤ 200k,input_no_cache,0.05,0.05,token,not_available,
2026-08-04,Claude Haiku 4.5,Default,one,message,≤ 200k,output,0.02,0.02,token,not_available,
`,
  'openrouter-activity': `Date,Slug,Usage,BYOK Usage,Requests,Prompt Tokens,Completion Tokens,Reasoning Tokens
"2026-05-12 00:00:00","anthropic/claude-opus-4.7","430.07","0","4115","70965665","3009973","0"
`,
  'openrouter-logs': `generation_id,created_at,model_permaslug,provider_name,api_key_name,app_name,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,cost_total,cost_cache,streamed,cancelled
gen-a,2026-04-13T23:30:00-02:00,openai/gpt-4o-mini,OpenAI,One,App,10,20,3,1,0.12,0.01,true,false
`,
} as const

const SUMS = {
  'openai-usage': [{ day: '2025-10-27', model: 'gpt-5-mini-2025-08-07', input: 5012, output: 1700 }],
  'openai-costs': [{ day: '2026-09-28', model: 'gpt-5-nano', cost: 503_835_980 }],
  'anthropic-usage': [{ day: '2026-08-05', model: 'claude-opus-5', input: 62_965, output: 16_932 }],
  'anthropic-costs': [{ day: '2026-08-04', model: 'Claude Haiku 4.5', cost: 70_000_000 }],
  'openrouter-activity': [{ day: '2026-05-12', model: 'anthropic/claude-opus-4.7', input: 70_965_665, output: 3_009_973, cost: 430_070_000_000 }],
  // two hours west of Greenwich it was still the day before
  'openrouter-logs': [{ day: '2026-04-14', model: 'openai/gpt-4o-mini', input: 10, output: 20, cost: 120_000_000 }],
} as const

describe('an export of a provider', () => {
  it.each(FORMATS.map(({ id, provider }) => [id, provider] as const))('%s is told by its header and summed up', async (id, provider) => {
    expect(await read(EXAMPLES[id])).toEqual({ is: 'read', format: id, provider, lines: expect.any(Number), groups: SUMS[id] })
    // as a spreadsheet saves it again
    expect(await read(`\ufeff${EXAMPLES[id].replaceAll('\n', '\r\n')}`)).toMatchObject({ is: 'read', groups: SUMS[id] })
  })

  it('is told by what it must have, whatever else it has and in whichever order', () => {
    for (const { id, columns } of FORMATS) {
      const names = ['another', ...namesIn(columns).toReversed(), 'more']
      expect(formatOf(names)?.id).toBe(id)
      expect(formatOf(names.map((name) => name.toUpperCase()))?.id).toBe(id)
    }
    expect(formatOf(['date', 'model', 'tokens'])).toBeUndefined()
  })

  it.each([
    ['', { why: 'empty' }],
    ['usage_date_utc,model,cost_usd\n', { why: 'empty' }],
    ['start_time,end_time,start_time_iso,end_time_iso\n1,2,3,4\n', { why: 'no-usage' }],
    ['usage_date_utc,model,cost_usd\n2026-08-04,x,\n', { why: 'nothing-measured' }],
    ['usage_date_utc,model,cost_usd\n2026-08-04,x,1\n2026-08-05,x,1,2\n', { why: 'cells', line: 3, expected: 3, found: 4 }],
    ['usage_date_utc,model,cost_usd\n2026-08-04,"two\nlines",1\n\nsoon,x,1\n', { why: 'date', line: 5, column: 'usage_date_utc', value: 'soon' }],
    ['usage_date_utc,model,cost_usd\n2026-02-30,x,1\n', { why: 'date', line: 2, column: 'usage_date_utc', value: '2026-02-30' }],
    ['usage_date_utc,model,cost_usd\n2026-08-04,x,much\n', { why: 'number', line: 2, column: 'cost_usd', value: 'much' }],
    ['Date,Slug,Usage,Prompt Tokens,Completion Tokens\n2026-08-04,x,1,-4,1\n', { why: 'tokens', line: 2, column: 'Prompt Tokens', value: '-4' }],
    ['start_time,line_item,amount_value,amount_currency\n1790553600,x,1,eur\n', { why: 'currency', line: 2, column: 'amount_currency', value: 'eur' }],
    ['usage_date_utc,model,cost_usd\n2026-08-04,"x,1\n', { why: 'quotes', line: 2 }],
    ['usage_date_utc,model,cost_usd\n2024-08-04,x,1\n2026-08-04,x,1\n', { why: 'too-many-days', days: 731 }],
  ])('%j says where it is wrong', async (text, problem) => {
    expect(await read(text)).toEqual({ is: 'wrong', problem })
  })

  it('with other columns asks which is which, and is read by the answer', async () => {
    const text = 'Tag;Modell;Eingang;Ausgang;Kosten\n2026-08-04;"a;b";1.000;7;0,25\n2026-08-04;"a;b";2;1;1.234,5\n'
    const unknown = await read(text.replace('1.000', '1000'))
    expect(unknown).toEqual({
      is: 'unknown',
      header: ['Tag', 'Modell', 'Eingang', 'Ausgang', 'Kosten'],
      sample: [
        ['2026-08-04', 'a;b', '1000', '7', '0,25'],
        ['2026-08-04', 'a;b', '2', '1', '1.234,5'],
      ],
    })
    const columns = { day: 'Tag', model: 'Modell', input: ['Eingang'], inputToo: [], output: ['Ausgang'], cost: 'Kosten', currency: undefined }
    expect(await readExport(text.replace('1.000', '1000'), columns, quiet)).toEqual({
      ...{ is: 'read', format: 'chosen', provider: undefined, lines: 2 },
      groups: [{ day: '2026-08-04', model: 'a;b', input: 1002, output: 8, cost: 1_234_750_000_000 }],
    })
    expect(await readExport(text, { ...columns, cost: 'Preis' }, quiet)).toEqual({ is: 'wrong', problem: { why: 'column-missing', column: 'Preis' } })
  })

  it('of 100,000 lines is read piece by piece, adds up exactly, and can be left on the way', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `2026-08-${String(1 + (index % 28)).padStart(2, '0')},m${index % 7},0.000000001`)
    const text = `usage_date_utc,model,cost_usd\n${lines.join('\n')}\n`
    const shares: number[] = []
    const all = await readExport(text, undefined, { ...quiet, onProgress: (share) => shares.push(share) })
    if (all.is !== 'read') throw new Error(all.is)
    expect(all.lines).toBe(100_000)
    expect(all.groups.reduce((sum, { cost = 0 }) => sum + cost, 0)).toBe(100_000)
    expect(shares.length).toBeGreaterThan(5)
    expect(shares).toEqual(shares.toSorted((one, other) => one - other))
    expect(shares.at(-1)).toBe(1)

    const leaving = new AbortController()
    const left = readExport(text, undefined, { signal: leaving.signal, onProgress: (share) => share > 0.3 && leaving.abort() })
    expect(await left).toEqual({ is: 'cancelled' })
  })

  it('loses no line, whatever the names in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.nat(1e5)), { minLength: 1, maxLength: 30 }), async (rows) => {
        const text = Papa.unparse([['usage_date_utc', 'model', 'cost_usd'], ...rows.map(([model, cost]) => ['2026-08-04', model, String(cost)])])
        const all = await read(text)
        if (all.is !== 'read') throw new Error(JSON.stringify(all))
        expect(all.lines).toBe(rows.length)
        expect(all.groups.reduce((sum, { cost = 0 }) => sum + cost, 0)).toBe(rows.reduce((sum, [, cost]) => sum + cost, 0) * 1e9)
      }),
      { numRuns: 60 },
    )
  })
})

describe('cells', () => {
  it.each([
    ['2026-09-01', '2026-09-01'],
    ['2026/9/1', '2026-09-01'],
    ['2026-09-01 23:59:59', '2026-09-01'],
    ['2026-09-01T23:30:00-02:00', '2026-09-02'],
    ['2026-09-01T00:30:00.123+0200', '2026-08-31'],
    ['2026-09-01 10:00:00 UTC', '2026-09-01'],
    ['1790553600', '2026-09-28'],
    ['1790553600000', '2026-09-28'],
    ['09/01/2026', undefined],
    ['1.9.2026', undefined],
    ['2026-13-01', undefined],
    ['', undefined],
  ])('the day in %j is %s', (cell, day) => {
    expect(dayIn(cell)).toBe(day)
  })

  it.each([
    ['12', false, 12],
    ['-0.5', false, -0.5],
    ['$1,234.50', false, 1234.5],
    ['1e-7', false, 1e-7],
    ['1,5', false, undefined],
    ['1,5', true, 1.5],
    ['1.234,5', true, 1234.5],
    ['€3', false, undefined],
    ['', false, undefined],
  ])('the number in %j (comma decimals: %s) is %s', (cell, comma, value) => {
    expect(numberIn(cell, comma)).toBe(value)
  })

  it('tokens are whole and not negative', () => {
    expect(['3.0', '1,000', '2.5', '-1'].map((cell) => tokensIn(cell, false))).toEqual([3, 1000, undefined, undefined])
  })
})
