import { describe, expect, it } from 'vitest'
import { chordHint, chordOf, isTyped } from '../../../renderer/frame/shortcuts/chord.ts'
import { conflictsOf } from '../../../renderer/frame/shortcuts/conflicts.ts'
import { SCREEN_KEYS } from '../../../renderer/frame/shortcuts/screen-keys.ts'

const pressed = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {}, code = '') => ({
  ...{ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...held,
})

describe('chords', () => {
  it.each([
    [pressed('k', { ctrlKey: true }), 'Mod+K'],
    [pressed('C', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+C'],
    [pressed('/', { ctrlKey: true }), 'Mod+/'],
    [pressed('?', { shiftKey: true }), '?'],
    [pressed('M', { shiftKey: true }), 'Shift+M'],
    [pressed('¡', { altKey: true }, 'Digit1'), 'Alt+1'],
    [pressed(' '), 'Space'],
    [pressed('Control', { ctrlKey: true }), undefined],
    [pressed('k', { metaKey: true }), undefined],
  ])('%j is %s', (event, chord) => {
    expect(chordOf(event)).toBe(chord)
  })

  it.each([
    ['M', true],
    ['Shift+M', true],
    ['/', true],
    ['Mod+K', false],
    ['Alt+1', false],
    ['F2', false],
    ['Escape', false],
  ])('%s would be typed in a field: %s', (chord, typed) => {
    expect(isTyped(chord)).toBe(typed)
  })

  it('are written as the keys of this machine, plus included', () => {
    expect(['Mod+K', 'Mod+Shift+C', 'Mod++'].map(chordHint)).toEqual(['Ctrl K', 'Ctrl Shift C', 'Ctrl +'])
  })
})

describe('conflicts', () => {
  it('are told for both sides, and with keys of screens', () => {
    const { regenerate } = SCREEN_KEYS
    const found = conflictsOf({ palette: 'Mod+B', sidebar: 'Mod+B', theme: regenerate.chord, regenerate: regenerate.chord, settings: '', shortcuts: '' })
    expect(Object.fromEntries(found)).toEqual({ palette: ['sidebar'], sidebar: ['palette'], theme: ['regenerate'], regenerate: ['theme'] })
  })

  it('are none between screens that are never seen together', () => {
    expect(conflictsOf({ pickModel: 'J', nextRow: 'J', runAll: 'J' })).toEqual(
      new Map([
        ['pickModel', ['runAll']],
        ['runAll', ['pickModel']],
      ]),
    )
  })
})
