/** Panes scroll together, each by the same share of its own length, while one of them is scrolled by hand. */
import { type RefObject, useEffect } from 'react'

/** Scrolling goes on this long after the last turn of a wheel or press of a key. */
const BY_HAND_MS = 600

const scrollers = new Set<HTMLElement>()
let leader: { readonly element: HTMLElement; readonly until: number } | undefined

/** Where `to` has to stand to be as far through its content as `from`. */
export function sameShareOf(
  from: Pick<HTMLElement, 'scrollTop' | 'scrollHeight' | 'clientHeight'>,
  to: Pick<HTMLElement, 'scrollHeight' | 'clientHeight'>,
): number {
  const length = from.scrollHeight - from.clientHeight
  return length <= 0 ? 0 : (from.scrollTop / length) * Math.max(0, to.scrollHeight - to.clientHeight)
}

export function useScrollSync(scroller: RefObject<HTMLElement | null>, on: boolean): void {
  useEffect(() => {
    const element = scroller.current
    if (!on || element === null) return
    const lead = () => {
      leader = { element, until: performance.now() + BY_HAND_MS }
    }
    // following a growing answer, or another pane, scrolls too; only what the user does leads
    const onScroll = () => {
      if (leader?.element !== element || performance.now() > leader.until) return
      lead()
      for (const other of scrollers) if (other !== element) other.scrollTop = sameShareOf(element, other)
    }
    scrollers.add(element)
    const hands = ['wheel', 'touchmove', 'keydown', 'pointerdown', 'pointermove'] as const
    const onHand = (event: Event) => {
      if (event.type !== 'pointermove' || (event as PointerEvent).buttons !== 0) lead()
    }
    for (const hand of hands) element.addEventListener(hand, onHand, { passive: true })
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      scrollers.delete(element)
      if (leader?.element === element) leader = undefined
      for (const hand of hands) element.removeEventListener(hand, onHand)
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, on])
}
