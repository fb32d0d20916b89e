import { describe, expect, it, vi } from 'vitest'

// what the actions of the frame touch is of no matter here, and wants a window
vi.mock('../../../renderer/frame/rail.tsx', () => ({ toggleRail: () => undefined }))
vi.mock('../../../renderer/frame/route.ts', () => ({ go: () => undefined, SECTIONS: [] }))
vi.mock('../../../renderer/frame/theme.ts', () => ({ nextTheme: () => undefined }))
vi.mock('../../../renderer/frame/endpoint/actions.ts', () => ({ copyEndpoint: () => undefined, toggleEndpoint: () => undefined }))

import { bindingsOf } from '../../../renderer/frame/shortcuts/bindings.ts'
import { chordHint, chordOf, isTyped } from '../../../renderer/frame/shortcuts/chord.ts'
import { conflictsOf } from '../../../renderer/frame/shortcuts/conflicts.ts'
import { SCREEN_KEY_IDS, SCREEN_KEYS } from '../../../renderer/frame/shortcuts/screen-keys.ts'

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

describe('the keys of screens', () => {
  it.each(SCREEN_KEY_IDS)('%s can be changed, taken away and had back', (id) => {
    expect(bindingsOf({ [id]: 'Mod+Alt+X' })[id]).toBe('Mod+Alt+X')
    expect(bindingsOf({ [id]: '' })[id]).toBe('')
    expect(bindingsOf({})[id]).toBe(SCREEN_KEYS[id].chord)
  })
})

describe('conflicts', () => {
  it('are told for both sides, and with keys of screens', () => {
    const { regenerate } = SCREEN_KEYS
    const found = conflictsOf({ palette: 'Mod+B', sidebar: 'Mod+B', theme: regenerate.chord, regenerate: regenerate.chord, settings: '', shortcuts: '' })
    expect(Object.fromEntries(found)).toEqual({ palette: ['sidebar'], sidebar: ['palette'], theme: ['regenerate'], regenerate: ['theme'] })
  })

  it('are none at first, on any screen', () => {
    expect(conflictsOf(bindingsOf({}))).toEqual(new Map())
  })

  it('are told between lists and the screens that have one', () => {
    const bound = { nextRow: 'X', replay: 'X', deleteEntry: 'X', compareModel: 'X', runAll: 'X' }
    expect(conflictsOf(bound).get('nextRow')).toEqual(['replay', 'deleteEntry', 'compareModel'])
    expect(conflictsOf(bound).get('replay')).toEqual(['nextRow'])
    expect(conflictsOf(bound).has('runAll')).toBe(false)
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
