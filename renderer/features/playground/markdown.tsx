import { Check, Copy } from 'lucide-react'
import { memo, type ReactElement, type ReactNode } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { useTexts } from '../../i18n/texts.ts'
import { IconButton } from '../../ui/button.tsx'
import { useCopy } from '../../ui/clipboard.ts'
import { addressOf, openLink } from '../../ui/links.ts'
import styles from './markdown.module.css'
import { texts } from './texts.ts'

/** Parsing longer open blocks at every frame would cost more than it shows: until they close they are plain text. */
const LONGEST_PARSED_TAIL = 6_000

const PLUGINS = [remarkGfm]

/** A finished block. Never drawn again, however much follows it. */
export const Block = memo(function Block({ text }: { readonly text: string }): ReactElement {
  const fence = fenceOf(text)
  if (fence !== undefined) return <Code language={fence.language} text={fence.code} />
  const json = jsonOf(text)
  if (json !== undefined) return <Code language="json" text={json} />
  return <Rendered text={text} />
})

/** The block being written: drawn at every flush, so an open code block is not parsed at all. */
export function Tail({ text }: { readonly text: string }): ReactElement | null {
  if (text.trim() === '') return null
  const fence = fenceOf(text)
  if (fence !== undefined) return <Code language={fence.language} text={fence.code} open />
  const json = jsonOf(text)
  if (json !== undefined) return <Code language="json" text={json} />
  if (text.length > LONGEST_PARSED_TAIL) return <p className={styles.plain}>{text}</p>
  return <Rendered text={text} />
}

/** A block of nothing but definitions: drawn as they are written, since what refers to them stands in other blocks, and they would be shown nowhere. */
const DEFINITIONS = /^(?: {0,3}\[[^\]\n]+\]:[^\n]*(?:\n|$))+\s*$/

/** Answers are untrusted: no HTML of theirs is drawn, no image is fetched, and a link leads only outside. */
function Rendered({ text }: { readonly text: string }): ReactElement {
  return (
    <ReactMarkdown remarkPlugins={PLUGINS} components={COMPONENTS} urlTransform={(url) => url}>
      {DEFINITIONS.test(text) ? text.replace(/^ {0,3}\[/gm, '\\[').replace(/\n(?=.)/g, '  \n') : text}
    </ReactMarkdown>
  )
}

const COMPONENTS: Components = {
  // A pane's heading is of level 2 and models begin with any: theirs become level 3 and below, drawn by the level they gave.
  h1: ({ children }) => <h3 className={styles.large}>{children}</h3>,
  h2: ({ children }) => <h3 className={styles.large}>{children}</h3>,
  h3: ({ children }) => <h3>{children}</h3>,
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <UnloadedImage src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ children }) => <>{children}</>,
  code: ({ className, children }) => {
    const text = String(children)
    const language = /language-(\S+)/.exec(className ?? '')?.[1]
    return language !== undefined || text.endsWith('\n') ? <Code language={language} text={text} /> : <code>{children}</code>
  },
  table: ({ children }) => <Table>{children}</Table>,
  // A check box nobody can check, without a name, helps nobody: its state is said in text.
  input: ({ checked }) => <Box checked={checked === true} />,
}

function UnloadedImage({ src, alt }: { readonly src: string | undefined; readonly alt: string | undefined }): ReactElement {
  const t = useTexts(texts).markdown
  return (
    <Link href={src}>
      {t.image}
      {alt ? `: ${alt}` : ''} <span className={styles.notLoaded}>{t.notLoaded}</span>
    </Link>
  )
}

function Table({ children }: { readonly children: ReactNode }): ReactElement {
  const t = useTexts(texts).markdown
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, which the keyboard must be able to do
    <section className={styles.table} tabIndex={0} aria-label={t.table}>
      <table>{children}</table>
    </section>
  )
}

function Box({ checked }: { readonly checked: boolean }): ReactElement {
  const t = useTexts(texts).markdown
  return (
    <span role="img" aria-label={checked ? t.done : t.toDo}>
      {checked ? '☑ ' : '☐ '}
    </span>
  )
}

function Link({ href, children }: { readonly href: string | undefined; readonly children: ReactNode }): ReactElement {
  const address = addressOf(href)
  if (address === undefined) return <span title={href}>{children}</span>
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={address} onClick={openLink}>
      {children}
    </a>
  )
}

function Code({ language, text, open = false }: { readonly language: string | undefined; readonly text: string; readonly open?: boolean }): ReactElement {
  const t = useTexts(texts).markdown
  const { copied, copy } = useCopy()
  return (
    <figure className={styles.code}>
      <figcaption>
        {language ?? t.text}
        {!open && (
          <IconButton small label={copied === undefined ? t.copyCode : t.copied} onClick={() => copy(text)}>
            {copied === undefined ? <Copy aria-hidden /> : <Check aria-hidden />}
          </IconButton>
        )}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, which the keyboard must be able to do */}
      <pre tabIndex={0}>
        <code>{text.replace(/\n$/, '')}</code>
      </pre>
    </figure>
  )
}

/** JSON that nobody put into a fence, laid out for reading; undefined for anything else, and while it is not complete. */
export function jsonOf(text: string): string | undefined {
  const bare = text.trim()
  if (!/^(?:\{[\s\S]*\}|\[[\s\S]*\])$/.test(bare)) return undefined
  try {
    return JSON.stringify(JSON.parse(bare), null, 2)
  } catch {
    // brackets that are no JSON, or not all of it yet
    return undefined
  }
}

/** An unindented fenced block that is all of `text`, closed or not. */
export function fenceOf(text: string): { readonly language: string | undefined; readonly code: string } | undefined {
  const opening = /^(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n`]*(?:\n|$)/.exec(text)
  const marks = opening?.[1]
  if (opening === null || marks === undefined) return undefined
  const rest = text.slice(opening[0].length)
  const closing = new RegExp(`(^|\\n) {0,3}${marks[0]}{${marks.length},}[ \\t]*\\n?\\s*$`).exec(rest)
  const code = closing === null ? rest : rest.slice(0, closing.index + (closing[1]?.length ?? 0))
  return { language: opening[2] === '' ? undefined : opening[2], code }
}
