import { Menu } from '@base-ui/react/menu'
import { Check, ChevronDown, Copy, Network, Play, Plug, Square } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ConnectStatus } from '../../../shared/api/connect.ts'
import { live } from '../../client/live.ts'
import { useMirrored } from '../../client/mirror.ts'
import { connectStatus, settings } from '../../client/mirrors.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button, classes } from '../../ui/button.tsx'
import { useCopy } from '../../ui/clipboard.ts'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import menu from '../../ui/menu.module.css'
import { go, hashOf } from '../route.ts'
import { FRAME_TEXTS } from '../texts.ts'
import { askToStop, keepRunning, serveLan, startEndpoint, stopEndpoint, useStopQuestion } from './actions.ts'
import styles from './capsule.module.css'
import { ENDPOINT_TEXTS } from './texts.ts'

/** The local endpoint's address: a click copies it, with the path that tools want; the chevron starts, stops and opens it to the network. */
export function EndpointCapsule(): ReactElement {
  const status = useMirrored(connectStatus)
  const texts = useTexts(FRAME_TEXTS)
  const words = useTexts(ENDPOINT_TEXTS)
  if (status === undefined) return <div className={styles.capsule} aria-busy="true" />
  if (status.address === undefined) {
    return (
      <a className={classes(styles.capsule, styles.alone)} href={hashOf('connect')}>
        <span className={styles.dot} />
        {texts.endpointOff}
      </a>
    )
  }
  return (
    <div className={styles.capsule}>
      <Address address={`${status.address}/v1`} stopped={status.stopped} />
      {status.stopped && <span className={styles.stopped}>{words.stopped}</span>}
      <EndpointMenu status={status} />
      <StopQuestion />
    </div>
  )
}

function Address({ address, stopped }: { readonly address: string; readonly stopped: boolean }): ReactElement {
  const { copied, copy } = useCopy()
  const texts = useTexts(FRAME_TEXTS)
  const label = texts.copyAddressOf(address)
  // whether it still listens is not known while the engine does not answer
  const lost = useStore(live.connection, (connection) => connection.is === 'lost')
  return (
    <button type="button" className={styles.copy} onClick={() => copy(address)} title={texts.copyAddress} aria-label={label}>
      <span className={classes(styles.dot, !stopped && !lost && styles.on)} />
      <span className={styles.address}>{address.replace(/^https?:\/\//, '')}</span>
      {copied === undefined ? <Copy aria-hidden size={13} /> : <Check aria-hidden size={13} className={styles.copied} />}
      <span className="visually-hidden" role="status">
        {copied !== undefined && texts.copied}
      </span>
    </button>
  )
}

function EndpointMenu({ status }: { readonly status: ConnectStatus }): ReactElement {
  const texts = useTexts(ENDPOINT_TEXTS)
  const lan = useMirrored(settings)?.lan ?? false
  const { copy } = useCopy()
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.more} aria-label={texts.menu} title={texts.menu}>
        <ChevronDown aria-hidden size={13} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="end" sideOffset={6}>
          <Menu.Popup className={menu.popup}>
            {status.stopped ? (
              <Menu.Item className={menu.item} onClick={() => void startEndpoint()}>
                <Play aria-hidden size={15} />
                {texts.start}
              </Menu.Item>
            ) : (
              <Menu.Item className={menu.item} onClick={() => void askToStop()}>
                <Square aria-hidden size={15} />
                {texts.stop}
              </Menu.Item>
            )}
            <Menu.CheckboxItem className={menu.item} checked={lan} onCheckedChange={(checked) => void serveLan(checked)}>
              <Network aria-hidden size={15} />
              {texts.lan}
              <Menu.CheckboxItemIndicator className={menu.check}>
                <Check aria-hidden size={14} />
              </Menu.CheckboxItemIndicator>
            </Menu.CheckboxItem>
            {status.lanAddresses.map((address) => (
              <Menu.Item key={address} className={menu.item} onClick={() => copy(`${address}/v1`)}>
                <Copy aria-hidden size={15} />
                {texts.copyLan(`${address.replace(/^https?:\/\//, '')}/v1`)}
              </Menu.Item>
            ))}
            <Menu.Item className={menu.item} onClick={() => go('connect')}>
              <Plug aria-hidden size={15} />
              {texts.connect}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** Asked only while tools wait for answers. */
function StopQuestion(): ReactElement {
  const { question: texts } = useTexts(ENDPOINT_TEXTS)
  const serving = useStopQuestion((state) => state.serving)
  return (
    <Dialog open={serving !== undefined} onClose={keepRunning} title={texts.title} description={texts.more(serving ?? 0)}>
      <DialogActions>
        <Button onClick={keepRunning}>{texts.cancel}</Button>
        <Button variant="danger" onClick={() => void stopEndpoint('end')}>
          {texts.end}
        </Button>
        <Button variant="primary" onClick={() => void stopEndpoint('finish')}>
          {texts.finish}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
