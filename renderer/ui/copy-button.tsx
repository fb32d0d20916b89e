import { Check, Copy, TriangleAlert } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button, IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'
import { UI_TEXTS } from './texts.ts'

const SHOWN_MS = 1600

export interface CopyButtonProps {
  readonly text: string
  /** What is copied: `Copy address`. */
  readonly label: string
  /** Shows the label beside the icon. */
  readonly wide?: boolean
  readonly onCopied?: () => void
}

/** Copies and says that it did, for eyes and for screen readers. */
export function CopyButton({ text, label, wide = false, onCopied }: CopyButtonProps): ReactElement {
  const texts = useTexts(UI_TEXTS)
  const [result, setResult] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (result === 'idle') return undefined
    const timer = setTimeout(() => setResult('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [result])

  async function copy(): Promise<void> {
    const copied = await copyText(text)
    setResult(copied ? 'copied' : 'failed')
    if (copied) onCopied?.()
  }
  const icon = result === 'copied' ? <Check /> : result === 'failed' ? <TriangleAlert /> : <Copy />
  const words = result === 'copied' ? texts.copied : result === 'failed' ? texts.copyRefused : label
  return (
    <>
      {wide ? (
        <Button small icon={icon} onClick={() => void copy()}>
          {words}
        </Button>
      ) : (
        <IconButton small label={words} onClick={() => void copy()}>
          {icon}
        </IconButton>
      )}
      <span className="visually-hidden" role="status">
        {result === 'idle' ? '' : words}
      </span>
    </>
  )
}
