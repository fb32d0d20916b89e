import { CSPProvider } from '@base-ui/react/csp-provider'
import { lazy, type ReactElement, StrictMode, Suspense, useEffect } from 'react'
import { useStore } from 'zustand'
import styles from './app.module.css'
import { live } from './client/live.ts'
import { session } from './client/session.ts'
import { PlaygroundView } from './features/playground/view.tsx'
import { Boundary } from './frame/boundary.tsx'
import { followLanguage } from './frame/language.ts'
import { OfflineBanner } from './frame/offline-banner.tsx'
import { Palette } from './frame/palette/palette.tsx'
import { addFrameCommands } from './frame/palette/sources.ts'
import { Rail } from './frame/rail.tsx'
import { type Section, usePlace } from './frame/route.ts'
import { filterHint, frameKey, listKey } from './frame/shortcuts/bindings.ts'
import { ShortcutSheet } from './frame/shortcuts/sheet.tsx'
import { SignIn } from './frame/sign-in.tsx'
import { StatusBar } from './frame/status-bar.tsx'
import { followTheme } from './frame/theme.ts'
import { TitleBar } from './frame/title-bar.tsx'
import { Welcome } from './frame/welcome.tsx'
import { language } from './i18n/texts.ts'
import { listKeysAre } from './ui/list-keys.ts'
import { ToastHost } from './ui/toast.tsx'

listKeysAre(listKey, filterHint)

const TrafficView = lazy(async () => ({ default: (await import('./features/traffic/view.tsx')).TrafficView }))
const CostsView = lazy(async () => ({ default: (await import('./features/costs/view.tsx')).CostsView }))
const CacheView = lazy(async () => ({ default: (await import('./features/cache/view.tsx')).CacheView }))
const ModelsView = lazy(async () => ({ default: (await import('./features/models/view.tsx')).ModelsView }))
const ProvidersView = lazy(async () => ({ default: (await import('./features/providers/view.tsx')).ProvidersView }))
const ConnectView = lazy(async () => ({ default: (await import('./features/connect/view.tsx')).ConnectView }))
const RoutingView = lazy(async () => ({ default: (await import('./features/routing/view.tsx')).RoutingView }))
const SettingsView = lazy(async () => ({ default: (await import('./features/settings/view.tsx')).SettingsView }))

const VIEWS: Readonly<Record<Section, () => ReactElement>> = {
  playground: () => <PlaygroundView />,
  traffic: () => <TrafficView />,
  costs: () => <CostsView />,
  cache: () => <CacheView />,
  models: () => <ModelsView />,
  providers: () => <ProvidersView />,
  routing: () => <RoutingView />,
  connect: () => <ConnectView />,
  settings: () => <SettingsView />,
}

export function App(): ReactElement {
  const signedOut = useStore(session, (state) => state.signedOut)
  const spoken = useStore(language, (state) => state.now)
  return (
    <StrictMode>
      {/* Drawn anew in another language, so that no memoised part keeps words of the old one. Base UI would add <style> elements, which our content security policy refuses. */}
      <CSPProvider disableStyleElements>{signedOut ? <SignIn key={spoken} /> : <Workbench key={spoken} />}</CSPProvider>
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
  useEffect(followLanguage, [])
  useEffect(addFrameCommands, [])
  useEffect(() => {
    window.addEventListener('keydown', frameKey)
    return () => window.removeEventListener('keydown', frameKey)
  }, [])

  return (
    <div className={styles.frame}>
      <TitleBar />
      <Rail section={section} />
      <main className={styles.sheet}>
        <OfflineBanner />
        {section === 'playground' && <Welcome />}
        <Boundary key={section}>
          <Suspense fallback={<div className={styles.loading} aria-busy="true" />}>{VIEWS[section]()}</Suspense>
        </Boundary>
      </main>
      <StatusBar />
      <Palette />
      <ShortcutSheet />
      <ToastHost />
    </div>
  )
}
