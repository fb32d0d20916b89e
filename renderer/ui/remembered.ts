import { useState } from 'react'

const PREFIX = 'switchyard.'

/** A number of the layout that outlives the window, such as a drawer's width. Out-of-range or unreadable values give the default. */
export function useRememberedNumber(key: string, fallback: number, least: number, most: number): [number, (value: number) => void] {
  const [value, setValue] = useState(() => {
    const stored = Number(readStored(key) ?? Number.NaN)
    return stored >= least && stored <= most ? stored : fallback
  })
  return [
    value,
    (next) => {
      const clamped = Math.round(Math.min(most, Math.max(least, next)))
      setValue(clamped)
      try {
        window.localStorage.setItem(PREFIX + key, String(clamped))
      } catch {
        // Private windows may refuse; then the width holds until the window closes, which is all one can do.
      }
    },
  ]
}

function readStored(key: string): string | null {
  try {
    return window.localStorage.getItem(PREFIX + key)
  } catch {
    // see above
    return null
  }
}
