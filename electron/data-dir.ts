import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder that the desktop app and headless mode share, by each platform's custom. It is not Electron's userData: the window's own
 * profile (cookies, GPU caches) goes into a folder inside it, so that one folder is all there is to back up or to delete.
 * @returns an absolute path; it need not exist yet
 */
export function defaultDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string = homedir()): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Switchyard')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Switchyard')
  // The XDG specification says that a relative path is to be ignored.
  const data = env.XDG_DATA_HOME
  return join(data?.startsWith('/') === true ? data : join(home, '.local', 'share'), 'switchyard')
}
