import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'

/** This near to the end counts as being there. */
const NEAR_PX = 24

export interface StickToEnd {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  /** The user has scrolled away, so new text is not followed. */
  readonly away: boolean
  readonly toEnd: () => void
}

/** Follows growing content while `on`, and yields as soon as the user scrolls up; scrolling back to the end follows again. */
export function useStickToEnd(on: boolean): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const [away, setAway] = useState(false)

  const follow = useCallback((follows: boolean) => {
    following.current = follows
    setAway(!follows)
  }, [])

  const toEnd = useCallback(() => {
    follow(true)
    const element = scroller.current
    if (element !== null) element.scrollTop = element.scrollHeight
  }, [follow])

  useEffect(() => {
    if (!on) return
    const element = scroller.current
    const inner = content.current
    if (element === null || inner === null) return
    let lastTop = element.scrollTop
    const onScroll = () => {
      const left = element.scrollHeight - element.clientHeight - element.scrollTop
      // Only a move upwards is the user's: growth changes what is left, but never moves the view up.
      if (element.scrollTop < lastTop - 1 && left > NEAR_PX) follow(false)
      else if (left <= NEAR_PX) follow(true)
      lastTop = element.scrollTop
    }
    const grown = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight
      lastTop = element.scrollTop
    })
    element.addEventListener('scroll', onScroll, { passive: true })
    grown.observe(inner)
    grown.observe(element)
    return () => {
      element.removeEventListener('scroll', onScroll)
      grown.disconnect()
    }
  }, [follow, on])

  return { scroller, content, away, toEnd }
}
