/** Looks at a list of rows at every frame that is drawn: whether a row is missing where one should be, empty, or still on its way. */
import type { Page } from 'playwright-core'

export interface RowsSeen {
  readonly frames: number
  /** Places in sight without a row, and rows without a word, summed over all frames. */
  readonly missing: number
  readonly empty: number
  /** Rows that said that they are on their way. */
  readonly waiting: number
  /** Where blanks were seen: the first row in sight, and the rows that were there instead. */
  readonly blanks: readonly string[]
}

export interface RowWatch {
  /** Scrolls down to a row, a block of rows a frame. */
  scrollTo(place: number): Promise<void>
  jumpTo(place: number): Promise<void>
  sample(): Promise<void>
  counts(): Promise<RowsSeen>
}

const ROW_PX = 28
const ROWS_A_FRAME = 180

/** A function of the page; it must not use anything from here. Frames are looked at after React has answered the scroll and before they are drawn. */
const WATCH = `(() => {
  const grid = document.querySelector('[role=grid]')
  const seen = { frames: 0, missing: 0, empty: 0, waiting: 0, blanks: [] }
  const look = () => {
    const total = Number(grid.getAttribute('aria-rowcount')) - 1
    const here = new Map([...grid.querySelectorAll('[role=rowgroup] [role=row]')].map((row) => [Number(row.getAttribute('aria-rowindex')) - 2, row]))
    const first = Math.ceil(grid.scrollTop / ${ROW_PX})
    const last = Math.min(total - 1, Math.floor((grid.scrollTop + grid.clientHeight - ${ROW_PX}) / ${ROW_PX}) - 1)
    const before = seen.missing + seen.empty
    for (let index = first; index <= last; index++) {
      const row = here.get(index)
      if (row === undefined) seen.missing++
      else if (row.textContent.trim() === '') seen.empty++
      else if (row.getAttribute('aria-busy') === 'true') seen.waiting++
    }
    if (seen.missing + seen.empty > before && seen.blanks.length < 20) seen.blanks.push(first + ': ' + [...here.keys()].sort((a, b) => a - b).filter((_, at, all) => at === 0 || at === all.length - 1).join('-'))
    seen.frames++
  }
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => { look(); resolve() }))
  window.rowWatch = {
    seen,
    sample: frame,
    async jumpTo(place) { grid.scrollTop = place * ${ROW_PX}; await frame(); await frame() },
    async scrollTo(place) {
      const end = place * ${ROW_PX}
      while (grid.scrollTop < end) {
        const before = grid.scrollTop
        grid.scrollTop = Math.min(end, before + ${ROWS_A_FRAME * ROW_PX})
        await frame()
        if (grid.scrollTop === before) return
      }
    },
  }
})()`

export async function watchRows(page: Page): Promise<RowWatch> {
  await page.evaluate(WATCH)
  return {
    scrollTo: (place) => page.evaluate(`window.rowWatch.scrollTo(${place})`),
    jumpTo: (place) => page.evaluate(`window.rowWatch.jumpTo(${place})`),
    sample: () => page.evaluate('window.rowWatch.sample()'),
    counts: () => page.evaluate('window.rowWatch.seen'),
  }
}
