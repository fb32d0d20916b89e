import { useEffect, useState } from 'react'
import type { Ms } from '../../shared/ids.ts'

/** The present moment, renewed every `everyMs` while the component is there: for "3 min ago" and running clocks. */
export function useNow(everyMs: Ms): Ms {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
