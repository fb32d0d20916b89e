import { type ReactElement, useState } from 'react'
import { AUTO_PRESETS, type AutoPreset, floorOf, sliderOf } from '../../../../shared/auto.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { Choice, Field, TextField, Toggle } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { changeAuto } from './actions.ts'
import styles from './auto.module.css'
import { type AutoSettings, patternsOf, presetAt } from './draft.ts'
import { formatShare } from './estimates.ts'
import { OutlookPanel } from './outlook.tsx'
import { AUTO_TEXTS } from './texts.ts'

/** The same in every language. */
const EXAMPLE = 'provider/*'
const PRESETS = Object.keys(AUTO_PRESETS) as readonly AutoPreset[]

/** Where between cheap and best, with which models, and at once what that would mean. */
export function SliderSection({ auto }: { readonly auto: AutoSettings }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).slider
  const set = (slider: number): void => changeAuto({ slider })
  return (
    <Section title={texts.title}>
      <div className={styles.sides}>
        <div className={styles.controls}>
          <Choice
            label={texts.presets}
            bar
            value={presetAt(auto.slider)}
            onValue={(preset) => set(AUTO_PRESETS[preset])}
            options={PRESETS.map((preset) => ({ value: preset, title: texts.preset[preset] }))}
          />
          <Slider label={texts.slider} value={auto.slider} onValue={set} />
          <Tolerance slider={auto.slider} onSlider={set} />
          <Patterns label={texts.allowed} hint={texts.allowedHint} patterns={auto.allowed} onPatterns={(allowed) => changeAuto({ allowed })} />
          <Patterns label={texts.excluded} hint={texts.excludedHint} patterns={auto.excluded} onPatterns={(excluded) => changeAuto({ excluded })} />
          <Toggle label={texts.sticky} hint={texts.stickyHint} checked={auto.sticky} onChecked={(sticky) => changeAuto({ sticky })} />
        </div>
        <OutlookPanel />
      </div>
    </Section>
  )
}

/** A native slider in steps of five hundredths, told in what it means. */
export function Slider(props: {
  readonly label: string
  readonly value: number
  readonly onValue: (value: number) => void
  readonly hideLabel?: boolean
  readonly disabled?: boolean
}): ReactElement {
  const { label, value, onValue, hideLabel = false, disabled = false } = props
  const texts = useTexts(AUTO_TEXTS).slider
  const place = Math.round(100 * value)
  return (
    <Field label={label} hideLabel={hideLabel} hint={hideLabel ? undefined : texts.enough(formatShare(floorOf(value)))}>
      {(wiring) => (
        <div className={styles.slider}>
          <input
            {...wiring}
            type="range"
            min="0"
            max="100"
            step="5"
            value={place}
            disabled={disabled}
            aria-valuetext={texts.place(place, formatShare(floorOf(value)))}
            onChange={(event) => onValue(Number(event.target.value) / 100)}
          />
          <output aria-hidden="true">{place}</output>
        </div>
      )}
    </Field>
  )
}

/** The same as a number: how much of the best model's quality may be given up. */
function Tolerance({ slider, onSlider }: { readonly slider: number; readonly onSlider: (slider: number) => void }): ReactElement {
  const texts = useTexts(AUTO_TEXTS).slider
  const tolerance = String(Math.round(1000 * (1 - floorOf(slider))) / 10)
  const [typed, setTyped] = useState<string>()
  return (
    <TextField
      label={texts.tolerance}
      hint={texts.toleranceHint}
      unit="%"
      type="number"
      min="0"
      max="40"
      step="any"
      // what is being typed is not rounded under the fingers
      value={typed ?? tolerance}
      onValue={(text) => {
        setTyped(text)
        const percent = Number(text)
        if (text.trim() !== '' && percent >= 0 && percent <= 40) onSlider(Math.round(1000 * sliderOf(1 - percent / 100)) / 1000)
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}

/** Patterns by commas; taken as they are typed. */
export function Patterns(props: {
  readonly label: string
  readonly hint?: string
  readonly hideLabel?: boolean
  readonly disabled?: boolean
  readonly patterns: readonly string[]
  readonly onPatterns: (patterns: string[]) => void
}): ReactElement {
  const { patterns, onPatterns, hint, ...field } = props
  const [typed, setTyped] = useState<string>()
  return (
    <TextField
      {...field}
      {...(hint !== undefined && { hint })}
      mono
      placeholder={EXAMPLE}
      value={typed ?? patterns.join(', ')}
      onValue={(text) => {
        setTyped(text)
        onPatterns(patternsOf(text))
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}
