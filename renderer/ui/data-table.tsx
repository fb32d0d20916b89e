// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out one by one, which the elements of a <table> do not allow
/**
 * A long list as a grid: only the rows in sight exist, and columns give way when there is no room. Focus stays on the grid itself and
 * `aria-activedescendant` names the current row, so a row that is scrolled away or deleted never takes the focus with it, a click on it included.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, memo, type ReactElement, type ReactNode, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { classes } from './button.tsx'
import styles from './data-table.module.css'
import { listKeyOf } from './list-keys.ts'
import { type ColumnRoom, fittingColumns, gridTemplate, ROW_PX, rowAfterKey } from './table-layout.ts'

export interface Column<Row> extends ColumnRoom {
  readonly title: string
  readonly align?: 'end'
  readonly cell: (row: Row) => ReactNode
  /** Its title sorts the list, see `onSort`. */
  readonly sorts?: boolean
}

export interface Sorted {
  readonly column: string
  readonly descending: boolean
}

export type RowTone = 'bad' | 'busy' | undefined

/** An array, or a longer list of which only a part is here. */
export interface RowList<Row> {
  readonly length: number
  /** undefined: it is not here (yet), and drawn as on its way. */
  at(index: number): Row | undefined
  /** Among the rows that are here; -1 when there is none. */
  findIndex(test: (row: Row) => boolean): number
}

export interface DataTableProps<Row> {
  /** What the list holds, for screen readers. */
  readonly label: string
  /** A new object whenever one of them changes. */
  readonly rows: RowList<Row>
  /** Keep the array itself stable: rows are drawn anew when it changes. */
  readonly columns: readonly Column<Row>[]
  readonly rowId: (row: Row) => string
  readonly current: string | undefined
  readonly onCurrent: (id: string) => void
  /** A key for it (Enter or Space, unless the user has others) or a click. */
  readonly onOpen: (id: string) => void
  /** The end of what is loaded comes into sight. Called again as long as it is; the caller ignores what it does not need. */
  readonly onNearEnd?: () => void
  /** These rows are in sight: for lists of which only a part is here. */
  readonly onRange?: (first: number, last: number) => void
  /** A key moves to a row that is not here yet. */
  readonly onGoTo?: (index: number) => void
  /** What is read of such a row; counted from 1. */
  readonly waiting?: (place: number) => string
  readonly rowTone?: (row: Row) => RowTone
  readonly sorted?: Sorted
  /** A title was pressed. */
  readonly onSort?: (column: string) => void
  /** What the rows are chosen and ordered by: when it changes, the list begins at its top again. */
  readonly order?: string
  /** Below the last row: loading more, or that this was all. */
  readonly footer?: ReactNode
}

/** A quick turn of the wheel is some twenty rows, which the compositor shows before anything here can be drawn. */
const OVERSCAN_ROWS = 24
const NEAR_END_ROWS = 20
const SCROLL_ENDS_MS = 60_000

export function DataTable<Row>(props: DataTableProps<Row>): ReactElement {
  const { label, rows, columns, rowId, current, onCurrent, onOpen, onNearEnd, onRange, onGoTo, waiting, rowTone, footer, sorted, onSort, order } = props
  const scroller = useRef<HTMLDivElement>(null)
  const idPrefix = useId()
  const [widthPx, setWidthPx] = useState(0)
  const shown = useMemo(() => fittingColumns(columns, widthPx === 0 ? Number.POSITIVE_INFINITY : widthPx), [columns, widthPx])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    // the header sticks over the first rows of the same scroller
    scrollMargin: ROW_PX,
    scrollPaddingStart: ROW_PX,
    // drawn within the frame that scrolled, so that no row is ever missing from it
    useFlushSync: true,
    // what ends a scroll is told late and not within a frame: were it told in between, the next frame would not be drawn at once
    isScrollingResetDelay: SCROLL_ENDS_MS,
  })
  const items = virtual.getVirtualItems()
  const currentIndex = current === undefined ? -1 : rows.findIndex((row) => rowId(row) === current)
  useWidth(scroller, setWidthPx)
  useSteadyScroll(scroller, rows, rowId, order)

  const firstSeen = items[0]?.index ?? 0
  const lastSeen = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0) onRange?.(firstSeen, lastSeen)
  }, [firstSeen, lastSeen, rows.length, onRange])
  useEffect(() => {
    if (rows.length > 0 && lastSeen >= rows.length - NEAR_END_ROWS) onNearEnd?.()
  }, [lastSeen, rows.length, onNearEnd])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return
    const key = listKeyOf(event.nativeEvent)
    if ((key === 'openRow' || key === 'quickLook') && current !== undefined) {
      event.preventDefault()
      onOpen(current)
      return
    }
    const rowsPerPage = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2)
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey)
    const next = rowAfterKey(key ?? (isPlain ? event.key : ''), currentIndex, rows.length, rowsPerPage)
    if (next === undefined) return
    event.preventDefault()
    const row = rows.at(next)
    if (row === undefined) onGoTo?.(next)
    else onCurrent(rowId(row))
    virtual.scrollToIndex(next)
  }

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={shown.length}
      aria-activedescendant={currentIndex === -1 ? undefined : `${idPrefix}-${current}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={{ '--columns': gridTemplate(shown) }}
    >
      <div className={styles.header} role="row" aria-rowindex={1} tabIndex={-1}>
        {shown.map((column) => (
          <div
            key={column.id}
            role="columnheader"
            tabIndex={-1}
            aria-sort={column.sorts === true ? directionOf(column.id, sorted) : undefined}
            className={classes(styles.cell, column.align === 'end' && styles.end)}
          >
            {column.sorts === true && onSort !== undefined ? (
              <button type="button" className={styles.sorter} onClick={() => onSort(column.id)}>
                {column.title}
                {sorted?.column === column.id && (sorted.descending ? <ArrowDown aria-hidden size={12} /> : <ArrowUp aria-hidden size={12} />)}
              </button>
            ) : (
              column.title
            )}
          </div>
        ))}
      </div>
      <div className={styles.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows.at(item.index)
          if (row === undefined) return <WaitingRow key={item.index} index={item.index} label={waiting?.(item.index + 1) ?? ''} />
          const id = rowId(row)
          return (
            <TableRow
              key={id}
              row={row}
              id={id}
              domId={`${idPrefix}-${id}`}
              index={item.index}
              columns={shown as readonly Column<unknown>[]}
              isCurrent={id === current}
              tone={rowTone?.(row)}
              onOpen={onOpen}
            />
          )
        })}
      </div>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </div>
  )
}

function directionOf(column: string, sorted: Sorted | undefined): 'ascending' | 'descending' | 'none' {
  if (sorted?.column !== column) return 'none'
  return sorted.descending ? 'descending' : 'ascending'
}

interface TableRowProps {
  readonly row: unknown
  readonly id: string
  readonly domId: string
  readonly index: number
  readonly columns: readonly Column<unknown>[]
  readonly isCurrent: boolean
  readonly tone: RowTone
  readonly onOpen: (id: string) => void
}

/** Drawn again only when its own record, place or columns changed: one live row must not redraw the list. */
const TableRow = memo(function TableRow({ row, id, domId, index, columns, isCurrent, tone, onOpen }: TableRowProps): ReactElement {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and handles the keys of all rows
    <div
      id={domId}
      className={styles.row}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isCurrent}
      data-tone={tone}
      style={{ transform: `translateY(${index * ROW_PX}px)` }}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
        onOpen(id)
      }}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" tabIndex={-1} className={classes(styles.cell, column.align === 'end' && styles.end)}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
})

/** Stands where a row is on its way. */
const WaitingRow = memo(function WaitingRow({ index, label }: { readonly index: number; readonly label: string }): ReactElement {
  return (
    <div
      className={classes(styles.row, styles.waiting)}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-busy
      style={{ transform: `translateY(${index * ROW_PX}px)` }}
    >
      <div role="gridcell" tabIndex={-1} className={styles.waitingCell}>
        {label}
      </div>
    </div>
  )
})

function useWidth(element: React.RefObject<HTMLElement | null>, onWidth: (px: number) => void): void {
  useLayoutEffect(() => {
    const observed = element.current
    if (observed === null) return undefined
    onWidth(observed.clientWidth)
    const observer = new ResizeObserver(() => onWidth(observed.clientWidth))
    observer.observe(observed)
    return () => observer.disconnect()
  }, [element, onWidth])
}

/**
 * Keeps the rows in sight where they are when others come or go above them; at the very top the new ones are what one wants to see. Another order
 * begins at the top.
 */
function useSteadyScroll<Row>(element: React.RefObject<HTMLElement | null>, rows: RowList<Row>, rowId: (row: Row) => string, order: string | undefined): void {
  /** The topmost row in sight. */
  const anchor = useRef<{ readonly id: string; readonly index: number } | undefined>(undefined)
  const latest = useRef(rows)
  const orderBefore = useRef(order)
  useLayoutEffect(() => {
    const scrolled = element.current
    latest.current = rows
    if (scrolled === null) return undefined
    if (orderBefore.current !== order) {
      orderBefore.current = order
      anchor.current = undefined
      scrolled.scrollTop = 0
    }
    const before = anchor.current
    const there = before === undefined ? undefined : rows.at(before.index)
    if (before !== undefined && scrolled.scrollTop >= ROW_PX && (there === undefined || rowId(there) !== before.id)) {
      const index = rows.findIndex((row) => rowId(row) === before.id)
      if (index !== -1) scrolled.scrollTop += (index - before.index) * ROW_PX
    }
    const note = (): void => {
      const index = Math.floor(scrolled.scrollTop / ROW_PX)
      const row = latest.current.at(index)
      anchor.current = row === undefined ? undefined : { id: rowId(row), index }
    }
    note()
    scrolled.addEventListener('scroll', note, { passive: true })
    return () => scrolled.removeEventListener('scroll', note)
  }, [element, rows, rowId, order])
}
