/**
 * Frames and input latency out of a trace of Chromium's own. Frames: `PipelineReporter` (cc's frame reporter), whose state says whether a frame was
 * presented, wholly or with parts of an older one, or dropped. Input: `EventLatency`, from the event's arrival to the frame that shows its effect.
 * Both are described in Chromium's cc/metrics and in Perfetto's chrome_frame_reporter.proto and chrome_track_event.proto.
 */
import type { Browser, Page } from 'playwright-core'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  /** Microseconds. */
  readonly ts: number
  readonly id?: string
  readonly id2?: { readonly local?: string; readonly global?: string }
  readonly args?: {
    readonly name?: string
    readonly frame_reporter?: FrameReport
    /** Its name in older versions. */
    readonly chrome_frame_reporter?: FrameReport
    readonly event_latency?: { readonly event_type?: string }
  }
}

interface FrameReport {
  readonly state?: string
  readonly affects_smoothness?: boolean
  readonly frame_sequence?: number
  readonly layer_tree_host_id?: number
}

export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly most: number
}

export interface TraceFigures {
  readonly presented: number
  /** Presented with a part of an older frame, as when the main thread was late. */
  readonly partial: number
  readonly dropped: number
  /** Dropped ones that a person could have seen, since something was moving. */
  readonly droppedMoving: number
  /** Milliseconds between presented frames. */
  readonly betweenMs: Spread
  /** Milliseconds from an input to the frame that shows it, by its type. */
  readonly inputMs: Readonly<Record<string, Spread>>
}

const CATEGORIES = ['cc', 'benchmark', 'input', 'latency', 'devtools.timeline', '__metadata']
/** Nothing had to be drawn for longer than this: no frame was late. */
const IDLE_MS = 500

/** Runs `work` under tracing. */
export async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<TraceFigures> {
  await browser.startTracing(page, { categories: CATEGORIES })
  try {
    await work()
  } catch (thrown) {
    await browser.stopTracing()
    throw thrown
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: readonly TraceEvent[] }
  return figuresOf(traceEvents)
}

export function figuresOf(events: readonly TraceEvent[]): TraceFigures {
  const renderers = new Set(events.filter(({ name, args }) => name === 'process_name' && args?.name === 'Renderer').map(({ pid }) => pid))
  const reports = spansOf(events.filter(({ name, pid }) => name === 'PipelineReporter' && renderers.has(pid)))
  // one frame may have a report of the compositor's thread and one of the main thread
  const frames = [...Map.groupBy(reports, ({ args }) => `${reportOf(args).layer_tree_host_id} ${reportOf(args).frame_sequence}`).values()]
  const isShown = ({ args }: Span): boolean => reportOf(args).state?.startsWith('STATE_PRESENTED') === true
  const isDropped = ({ args }: Span): boolean => reportOf(args).state === 'STATE_DROPPED'
  const lost = frames.filter((frame) => !frame.some(isShown) && frame.some(isDropped))
  const shown = frames.filter((frame) => frame.some(isShown)).map((frame) => Math.max(...frame.filter(isShown).map(({ end }) => end)) / 1000)
  shown.sort((one, other) => one - other)
  const between = shown.slice(1).map((at, index) => at - (shown[index] ?? at))
  const inputs = Map.groupBy(spansOf(events.filter(({ name }) => name === 'EventLatency')), ({ args }) => args.event_latency?.event_type ?? 'unknown')
  return {
    presented: shown.length,
    partial: frames.filter((frame) => frame.some(({ args }) => reportOf(args).state === 'STATE_PRESENTED_PARTIAL')).length,
    dropped: lost.length,
    droppedMoving: lost.filter((frame) => frame.some(({ args }) => reportOf(args).affects_smoothness === true)).length,
    betweenMs: spreadOf(between.filter((ms) => ms < IDLE_MS)),
    inputMs: Object.fromEntries([...inputs].map(([type, spans]) => [type, spreadOf(spans.map(({ start, end }) => (end - start) / 1000))])),
  }
}

interface Span {
  readonly start: number
  readonly end: number
  readonly args: NonNullable<TraceEvent['args']>
}

function reportOf(args: Span['args']): FrameReport {
  return args.frame_reporter ?? args.chrome_frame_reporter ?? {}
}

/** Pairs of begin and end with the same id; what the trace cut off is left out. */
function spansOf(events: readonly TraceEvent[]): readonly Span[] {
  const open = new Map<string, TraceEvent>()
  const spans: Span[] = []
  for (const event of [...events].sort((one, other) => one.ts - other.ts)) {
    const key = `${event.pid} ${event.id2?.local ?? event.id2?.global ?? event.id}`
    if (event.ph === 'b') open.set(key, event)
    const begun = open.get(key)
    if (event.ph !== 'e' || begun === undefined) continue
    open.delete(key)
    spans.push({ start: begun.ts, end: event.ts, args: { ...begun.args, ...event.args } })
  }
  return spans
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other)
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: round(sorted.at(-1) ?? 0) }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
