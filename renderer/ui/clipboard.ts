import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'

const SHOWN_MS = 1_500

/** Copies text and says so for a moment. `copied` is the last text copied while it is being said. */
export function useCopy(): { readonly copied: string | undefined; readonly copy: (text: string) => void } {
  const [copied, setCopied] = useState<string>()
  useEffect(() => {
    if (copied === undefined) return
    const timer = setTimeout(() => setCopied(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = (text: string) => {
    void copyText(text).then((isCopied) => {
      // refused: then nothing is said, and the text is still there to select
      if (isCopied) setCopied(text)
    })
  }
  return { copied, copy }
}
