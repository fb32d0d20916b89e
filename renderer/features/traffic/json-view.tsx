import { ChevronRight } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { language, useTexts } from '../../i18n/texts.ts'
import { classes } from '../../ui/button.tsx'
import { DRAWER_TEXTS } from './drawer-texts.ts'
import styles from './json-view.module.css'

/** Open at first: the outer levels, unless one is very long. Closed parts are not drawn at all. */
const OPEN_LEVELS = 4
const LONG_ENTRIES = 40
/** A string longer than this shows its beginning until it is asked for. */
const LONG_CHARACTERS = 600

/** JSON as a tree that folds. Takes what JSON.parse gives. */
export function JsonView({ value }: { readonly value: unknown }): ReactElement {
  return (
    <div className={styles.tree}>
      <Node value={value} name={undefined} level={0} last />
    </div>
  )
}

interface NodeProps {
  readonly value: unknown
  /** The key in the object around it; undefined in arrays and at the root. */
  readonly name: string | undefined
  readonly level: number
  readonly last: boolean
}

function Node({ value, name, level, last }: NodeProps): ReactElement {
  if (typeof value === 'object' && value !== null) return <Branch value={value} name={name} level={level} last={last} />
  return (
    <div className={styles.line} style={{ '--level': level }}>
      <Key name={name} />
      {typeof value === 'string' ? <Text value={value} /> : <span className={value === null ? styles.nothing : styles.scalar}>{String(value)}</span>}
      {!last && ','}
    </div>
  )
}

function Branch({ value, name, level, last }: NodeProps & { readonly value: object }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS).json
  const isArray = Array.isArray(value)
  const entries: readonly (readonly [string | undefined, unknown])[] = isArray ? value.map((each) => [undefined, each] as const) : Object.entries(value)
  const [open, setOpen] = useState(level < OPEN_LEVELS && entries.length <= LONG_ENTRIES)
  const [start, end] = isArray ? '[]' : '{}'
  if (entries.length === 0) {
    return (
      <div className={styles.line} style={{ '--level': level }}>
        <Key name={name} />
        {start}
        {end}
        {!last && ','}
      </div>
    )
  }
  const size = isArray ? texts.items(entries.length) : texts.fields(entries.length)
  const said = name ?? (isArray ? texts.array : texts.object)
  return (
    <>
      <div className={styles.line} style={{ '--level': level }}>
        <button
          type="button"
          className={classes(styles.fold, open && styles.open)}
          aria-expanded={open}
          aria-label={open ? texts.fold(said, size) : texts.unfold(said, size)}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight aria-hidden size={13} />
        </button>
        <Key name={name} />
        {start}
        {!open && (
          <>
            <span className={styles.size}>{size}</span>
            {end}
            {!last && ','}
          </>
        )}
      </div>
      {open && entries.map(([key, each], index) => <Node key={key ?? index} value={each} name={key} level={level + 1} last={index === entries.length - 1} />)}
      {open && (
        <div className={styles.line} style={{ '--level': level }}>
          {end}
          {!last && ','}
        </div>
      )}
    </>
  )
}

function Key({ name }: { readonly name: string | undefined }): ReactElement | null {
  if (name === undefined) return null
  return (
    <>
      <span className={styles.key} dir="auto">
        {name}
      </span>
      {': '}
    </>
  )
}

function Text({ value }: { readonly value: string }): ReactElement {
  const texts = useTexts(DRAWER_TEXTS).json
  const [whole, setWhole] = useState(value.length <= LONG_CHARACTERS)
  return (
    <>
      <span className={styles.text} dir="auto">{`"${whole ? value : value.slice(0, LONG_CHARACTERS)}${whole ? '"' : '…'}`}</span>
      {!whole && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          {texts.all(value.length.toLocaleString(language.getState().now))}
        </button>
      )}
    </>
  )
}
