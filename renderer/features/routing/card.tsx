import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type ReactElement, type ReactNode, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import styles from './routing.module.css'
import { ROUTING_TEXTS } from './texts.ts'

export interface CardProps {
  /** For labels: `alias fast`. */
  readonly what: string
  readonly onRemove: () => void
  /** At the right of the title line. */
  readonly aside?: ReactNode
  /** Where it stands among its like, for those whose order counts. */
  readonly order?: { readonly place: number; readonly count: number; readonly onMove: (from: number, to: number) => void } | undefined
  /** The fields of the title line. */
  readonly head: ReactNode
  readonly children?: ReactNode
}

/** The first field of the last card: where one goes on after having added it. Once it is drawn. */
export function focusLastCard(): void {
  requestAnimationFrame(() => {
    const field = [...document.querySelectorAll('[data-card]')].at(-1)?.querySelector('input')
    field?.focus()
    field?.select()
  })
}

/** The type under which a dragged place travels, so that nothing else can be dropped here. */
const PLACE = 'application/x-switchyard-place'

/** One entry of a list: its title line, its fields, and how it is moved and removed. */
export function Card({ what, onRemove, aside, order, head, children }: CardProps): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const [over, setOver] = useState(false)
  return (
    <article
      className={styles.card}
      data-card
      aria-label={what}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (order === undefined || !event.dataTransfer.types.includes(PLACE)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const from = Number(event.dataTransfer.getData(PLACE) || Number.NaN)
        if (order !== undefined && Number.isInteger(from)) order.onMove(from, order.place)
      }}
    >
      <div className={styles.cardHead}>
        {order !== undefined && <Handle what={what} {...order} />}
        {head}
        <span className={styles.gap} />
        {aside}
        {order !== undefined && (
          <>
            <IconButton label={texts.up(what)} small disabled={order.place === 0} onClick={() => order.onMove(order.place, order.place - 1)}>
              <ArrowUp aria-hidden size={14} />
            </IconButton>
            <IconButton label={texts.down(what)} small disabled={order.place === order.count - 1} onClick={() => order.onMove(order.place, order.place + 1)}>
              <ArrowDown aria-hidden size={14} />
            </IconButton>
          </>
        )}
        <IconButton label={texts.remove(what)} small onClick={onRemove}>
          <Trash2 aria-hidden size={14} />
        </IconButton>
      </div>
      {children !== undefined && <div className={styles.cardBody}>{children}</div>}
    </article>
  )
}

function Handle({ what, place, onMove }: { readonly what: string } & NonNullable<CardProps['order']>): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (!event.altKey || step === 0) return
    event.preventDefault()
    onMove(place, place + step)
  }
  return (
    <IconButton
      label={texts.drag(what)}
      small
      className={styles.handle}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(PLACE, String(place))}
      onKeyDown={onKeyDown}
    >
      <GripVertical aria-hidden size={14} />
    </IconButton>
  )
}

/** A name that others may bear already, so it is only taken when typing it is over. */
export function NameField({ value, onName }: { readonly value: string; readonly onName: (name: string) => boolean }): ReactElement {
  const texts = useTexts(ROUTING_TEXTS)
  const [typed, setTyped] = useState(value)
  const [taken, setTaken] = useState(false)
  const [known, setKnown] = useState(value)
  // another entry has come to this place, or the name was changed elsewhere
  if (known !== value) {
    setKnown(value)
    setTyped(value)
    setTaken(false)
  }
  const commit = (): void => setTaken(typed !== value && !onName(typed))
  return (
    <TextField
      label={texts.name}
      hideLabel
      mono
      value={typed}
      error={taken ? texts.nameTaken : undefined}
      onValue={setTyped}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
    />
  )
}
