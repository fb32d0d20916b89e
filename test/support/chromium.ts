import { existsSync } from 'node:fs'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** A Chromium of this machine; CHROMIUM_PATH names another. @throws when there is none, with what to do about it */
export function chromiumPath(): string {
  const path = process.env.CHROMIUM_PATH ?? USUAL_PLACES.find((place) => existsSync(place))
  if (path === undefined) throw new Error('These tests drive a real Chromium: install one, or set CHROMIUM_PATH to it.')
  return path
}

/** For machines of tests only: containers run as root and have a tiny /dev/shm. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-dev-shm-usage']
