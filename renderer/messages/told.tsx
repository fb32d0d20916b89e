import type { ReactElement } from 'react'
import type { Message } from '../../shared/messages/message.ts'
import { told } from './words.ts'

/** A failure's sentence. What is not ours, a provider's own word or a row from before there were codes, is marked as of no language we know. */
export function Told({ of }: { readonly of: { readonly message: string; readonly said?: Message | undefined } }): ReactElement {
  if (of.said !== undefined) return <span>{told(of)}</span>
  return (
    <span dir="auto" lang="">
      {of.message}
    </span>
  )
}
