import type { CaReading, ConnectionFault, ConnectionReport, ConnectionStep, NetworkStatus } from '../../../../shared/network.ts'
import { client } from '../../../client/client.ts'
import { mirrorOf } from '../../../client/mirror.ts'
import { textsNow } from '../../../i18n/texts.ts'
import { formatDay } from '../../../ui/figures.ts'
import { showFailure, showToast } from '../../../ui/toast.tsx'
import { refuse } from '../actions.ts'
import { NETWORK_TEXTS } from './texts.ts'

export const network = mirrorOf(() => client['network.get']({}), ['settings', 'keys'])

export type NetworkChange = Partial<Pick<NetworkStatus, 'proxy' | 'proxyUrl' | 'proxyUser' | 'exceptions' | 'caFile'>> & { readonly password?: string }

/** What the engine refuses stands below its field. True when it took it. */
export async function changeNetwork(now: NetworkStatus, changed: NetworkChange): Promise<boolean> {
  for (const field of FIELDS) refuse(`network.${field}`, undefined)
  const { proxy, proxyUrl, proxyUser, exceptions, caFile } = { ...now, ...changed }
  const password = changed.password === undefined ? {} : { password: changed.password }
  const result = await client['network.set']({ proxy, proxyUrl, proxyUser, exceptions, caFile, ...password })
  if (result.ok) {
    network.store.setState({ is: 'ready', value: result.value }, true)
    showToast(textsNow(NETWORK_TEXTS).saved)
    return true
  }
  const { field, message } = result.failure
  const own = FIELDS.find((each) => each === field?.split('.')[0])
  if (own === undefined) showFailure(message)
  else refuse(`network.${own}`, message.replace(/^[\w.]+: /, ''))
  return false
}

const FIELDS = ['proxyUrl', 'proxyUser', 'password', 'exceptions', 'caFile'] as const

export async function readCa(path: string): Promise<CaReading | undefined> {
  const result = await client['network.readCa']({ path })
  if (result.ok) return result.value
  showFailure(result.failure.message)
  return undefined
}

export async function checkConnection(url: string): Promise<ConnectionReport | undefined> {
  const result = await client['network.check']({ url })
  if (result.ok) return result.value
  showFailure(result.failure.message)
  return undefined
}

export function stepInWords(step: ConnectionStep): string {
  const texts = textsNow(NETWORK_TEXTS)
  switch (step.is) {
    case 'way':
      return texts.way(step.proxy)
    case 'resolved':
      return texts.resolved(step)
    case 'connected':
      return texts.connected(step)
    case 'tunnel':
      return texts.tunnel(step)
    case 'secured':
      return texts.secured(step, formatDay(step.validTo))
    case 'answered':
      return texts.answered(step)
  }
}

export function faultInWords(fault: ConnectionFault): string {
  const texts = textsNow(NETWORK_TEXTS)
  switch (fault.is) {
    case 'dns':
      return texts.dns(fault)
    case 'refused-address':
      return fault.message
    case 'connect':
      return texts.connect(fault)
    case 'proxy':
      return texts.proxyAnswer(fault)
    case 'certificate':
      return texts.certificate(fault, formatDay(fault.validTo))
    case 'tls':
      return texts.tls(fault)
    case 'answer':
      return texts.answer(fault)
  }
}
