import type { Page } from 'playwright-core'

/** What is being laid out anew gets so long. */
const PATIENCE_MS = 1_000

/** Parts of the screen that are wider than their place, but for those that are meant to be scrolled sideways. */
function wideNow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('html, main, main section, [role="dialog"]')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && !['auto', 'scroll'].includes(getComputedStyle(each).overflowX))
      .map((each) => `${each.tagName} ${each.getAttribute('aria-label') ?? each.className}: ${each.scrollWidth} px in ${each.clientWidth}`),
  )
}

/** The same, once what is being laid out has come to rest: popups follow a new size of the window a little later. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  for (const until = Date.now() + PATIENCE_MS; ; await page.waitForTimeout(50)) {
    const found = await wideNow(page)
    if (found.length === 0 || Date.now() > until) return found
  }
}
