import type { IsoDate, Ms } from './ids.ts'
import type { Said } from './messages/message.ts'

/** What is known of newer versions. Nothing is loaded or installed: the user is told, and led to where it is. */
export interface UpdateStatus {
  /** The version that runs. */
  readonly running: string
  readonly isChecking: boolean
  /** What the last look at the address of the settings found; undefined: nobody has looked there. */
  readonly last: UpdateResult | undefined
}

export type UpdateResult = { readonly at: Ms } & (
  | { readonly is: 'none-newer'; readonly version: string }
  /** `page`: where people find it, if the answer says so. */
  | { readonly is: 'newer'; readonly version: string; readonly releasedOn: IsoDate | undefined; readonly page: string | undefined }
  | { readonly is: 'failed'; readonly why: Said }
)
