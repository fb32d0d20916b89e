import { useEffect, useState } from 'react'
import type { Ms } from '../../../shared/ids.ts'

/** The time, moving every `everyMs` while `ticking`. Only for the smallest component that shows it. */
export function useNow(ticking: boolean, everyMs: Ms): Ms {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!ticking) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [ticking, everyMs])
  return now
}
