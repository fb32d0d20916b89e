import { useEffect, useState } from 'react'
import type { Ms } from '../../shared/ids.ts'

/** The present moment, renewed every `everyMs` while `ticking`: for "3 min ago" and running clocks. Only for the smallest component that shows it. */
export function useNow(everyMs: Ms, ticking = true): Ms {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!ticking) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [ticking, everyMs])
  return now
}
