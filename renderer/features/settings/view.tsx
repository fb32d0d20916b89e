import type { ReactElement } from 'react'

export function SettingsView(): ReactElement {
  return <h1>Settings</h1>
}
