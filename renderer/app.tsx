import { CSPProvider } from '@base-ui/react/csp-provider'
import { lazy, type ReactElement, StrictMode, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import styles from './app.module.css'
import { live } from './client/live.ts'
import { session } from './client/session.ts'
import { PlaygroundView } from './features/playground/view.tsx'
import { Boundary } from './frame/boundary.tsx'
import { OfflineBanner } from './frame/offline-banner.tsx'
import { Rail, toggleRail } from './frame/rail.tsx'
import { go, SECTIONS, type Section, usePlace } from './frame/route.ts'
import { SignIn } from './frame/sign-in.tsx'
import { StatusBar } from './frame/status-bar.tsx'
import { followTheme } from './frame/theme.ts'
import { TitleBar } from './frame/title-bar.tsx'
import { isMod } from './ui/keyboard.ts'
import { ToastHost } from './ui/toast.tsx'

const TrafficView = lazy(async () => ({ default: (await import('./features/traffic/view.tsx')).TrafficView }))
const CacheView = lazy(async () => ({ default: (await import('./features/cache/view.tsx')).CacheView }))
const ModelsView = lazy(async () => ({ default: (await import('./features/models/view.tsx')).ModelsView }))
const ProvidersView = lazy(async () => ({ default: (await import('./features/providers/view.tsx')).ProvidersView }))
const ConnectView = lazy(async () => ({ default: (await import('./features/connect/view.tsx')).ConnectView }))
const SettingsView = lazy(async () => ({ default: (await import('./features/settings/view.tsx')).SettingsView }))

const VIEWS: Readonly<Record<Section, () => ReactElement>> = {
  playground: () => <PlaygroundView />,
  traffic: () => <TrafficView />,
  cache: () => <CacheView />,
  models: () => <ModelsView />,
  providers: () => <ProvidersView />,
  connect: () => <ConnectView />,
  settings: () => <SettingsView />,
}

export function App(): ReactElement {
  const signedOut = useStore(session, (state) => state.signedOut)
  return (
    <StrictMode>
      {/* Base UI would add <style> elements, which our content security policy refuses. */}
      <CSPProvider disableStyleElements>{signedOut ? <SignIn /> : <Workbench />}</CSPProvider>
    </StrictMode>
  )
}

/** The frame round every screen. Mounted while signed in, so that the stream of changes lives exactly as long. */
function Workbench(): ReactElement {
  const { section } = usePlace()

  useEffect(() => {
    const stop = new AbortController()
    void live.run(stop.signal)
    return () => stop.abort()
  }, [])
  useEffect(followTheme, [])
  useEffect(() => {
    window.addEventListener('keydown', navigate)
    return () => window.removeEventListener('keydown', navigate)
  }, [])

  return (
    <div className={styles.frame}>
      <TitleBar />
      <Rail section={section} />
      <main className={styles.sheet}>
        <OfflineBanner />
        <Boundary key={section}>
          <Suspense fallback={<div className={styles.loading} aria-busy="true" />}>{VIEWS[section]()}</Suspense>
        </Boundary>
      </main>
      <StatusBar />
      <ToastHost />
    </div>
  )
}

/** Mod+1 to Mod+9 go to a section, Mod+B folds the rail. */
function navigate(event: KeyboardEvent): void {
  if (!isMod(event)) return
  const section = SECTIONS[Number.parseInt(event.key, 10) - 1]
  if (section !== undefined) go(section)
  else if (event.key.toLowerCase() === 'b') toggleRail()
  else return
  event.preventDefault()
}
