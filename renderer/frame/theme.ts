import type { Settings } from '../../shared/settings.ts'
import { client } from '../client/client.ts'
import { settings } from '../client/mirrors.ts'

export type Theme = Settings['theme']

const REMEMBERED = 'switchyard.theme'

/** Puts the theme on <html>. `system` leaves the choice to the colour scheme of the machine. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** The last theme seen here: the settings arrive after the first paint, and a window must not flash. */
export function rememberedTheme(): Theme {
  const theme = localStorage.getItem(REMEMBERED)
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

export function chooseTheme(theme: Theme): void {
  follow(theme)
  void client['settings.update']({ theme }).then(settings.refresh)
}

/** High contrast whatever the machine says, or as it says. */
export function chooseContrast(contrast: Settings['contrast']): void {
  applyContrast(contrast)
  void client['settings.update']({ contrast }).then(settings.refresh)
}

function applyContrast(contrast: Settings['contrast']): void {
  if (contrast === 'more') document.documentElement.dataset.contrast = contrast
  else delete document.documentElement.dataset.contrast
}

/** Light, dark, the system's, light: for a key or the palette. */
export function nextTheme(): void {
  const state = settings.store.getState()
  const now = state.is === 'ready' ? state.value.theme : rememberedTheme()
  chooseTheme(now === 'system' ? 'light' : now === 'light' ? 'dark' : 'system')
}

/** Follows the settings, whoever changes them. */
export function followTheme(): () => void {
  settings.start()
  return settings.store.subscribe((state) => {
    if (state.is !== 'ready') return
    follow(state.value.theme)
    applyContrast(state.value.contrast)
  })
}

function follow(theme: Theme): void {
  localStorage.setItem(REMEMBERED, theme)
  applyTheme(theme)
}
