import type { Flags } from '../flags.ts'

/** How to start, and for anything less than a window the reason, in words for the terminal. */
export type StartMode = { readonly mode: 'desktop' } | { readonly mode: 'fetch-electron' } | { readonly mode: 'headless'; readonly why: string }

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly flags: Pick<Flags, 'headless' | 'newKey' | 'doctor'>
  readonly electronInstalled: boolean
  readonly isRoot: boolean
}

/** A window where there can be one; otherwise headless, so that the main job always runs. */
export function chooseMode({ platform, env, flags, electronInstalled, isRoot }: Surroundings): StartMode {
  if (flags.headless) return headless('as asked by --headless')
  if (flags.newKey !== undefined) return headless('for --new-key prints in the terminal')
  if (flags.doctor) return headless('for --doctor prints in the terminal')
  if (platform === 'linux' && !isSet(env.DISPLAY) && !isSet(env.WAYLAND_DISPLAY))
    return headless('for there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)')
  if (platform === 'linux' && isRoot) return headless('for Electron does not run as root')
  if (electronInstalled) return { mode: 'desktop' }
  if (isSet(env.ELECTRON_SKIP_BINARY_DOWNLOAD)) return headless('for Electron is not installed and ELECTRON_SKIP_BINARY_DOWNLOAD is set')
  return { mode: 'fetch-electron' }
}

function headless(why: string): StartMode {
  return { mode: 'headless', why }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
