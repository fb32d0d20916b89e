/** A person at the keyboard, whose actions are counted. */
import type { Locator, Page } from 'playwright-core'

export interface Hands {
  /** One key, with what is held. */
  press(key: string): Promise<void>
  /** A text typed or pasted in one go. */
  type(text: string): Promise<void>
  /** Goes on with Tab to what is meant: one aim, as a mouse's would be, however many stops it takes. @throws when Tab does not lead there */
  reach(target: Locator): Promise<void>
  /** The same within a menu or a list, by its arrows. */
  step(key: 'ArrowDown' | 'ArrowRight', target: Locator): Promise<void>
  /** Of each kind so far. */
  readonly done: { readonly keys: number; readonly texts: number; readonly aims: number }
}

/** Stops before the target cannot be more, on the busiest screen. */
const MOST_STOPS = 120

export function handsOn(page: Page): Hands {
  const done = { keys: 0, texts: 0, aims: 0 }
  const isThere = (target: Locator): Promise<boolean> =>
    target.first().evaluate((element: { readonly ownerDocument: { readonly activeElement: unknown } }) => element.ownerDocument.activeElement === element)
  const goBy = async (key: string, target: Locator): Promise<void> => {
    done.aims++
    await target.first().waitFor()
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      if (await isThere(target)) return
      await page.keyboard.press(key)
    }
    throw new Error(`${key} does not lead to ${String(target)}`)
  }
  return {
    done,
    async press(key) {
      done.keys++
      await page.keyboard.press(key)
    },
    async type(text) {
      done.texts++
      await page.keyboard.type(text)
    },
    reach: (target) => goBy('Tab', target),
    step: goBy,
  }
}
