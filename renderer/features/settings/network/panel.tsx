import type { ReactElement } from 'react'
import { useMirror } from '../../../client/mirror.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Skeleton } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/status.tsx'
import { network } from './actions.ts'
import { CaForm } from './ca-form.tsx'
import { ProxyForm } from './proxy-form.tsx'
import { NETWORK_TEXTS } from './texts.ts'

/** A form of the network's settings once they are here. */
export function NetworkPanel({ part }: { readonly part: 'proxy' | 'ca' }): ReactElement {
  const texts = useTexts(NETWORK_TEXTS)
  const state = useMirror(network)
  if (state.is === 'loading') return <Skeleton rows={4} label={texts.loading} />
  if (state.is === 'failed') return <Notice tone="bad">{texts.failed}</Notice>
  const { value } = state
  return part === 'proxy' ? <ProxyForm now={value} /> : <CaForm now={value} />
}
