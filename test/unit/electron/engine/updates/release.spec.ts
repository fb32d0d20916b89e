import { describe, expect, it } from 'vitest'
import { isNewer, readRelease } from '../../../../../electron/engine/updates/release.ts'

/** Both written from documentation, see release.ts. */
const LATEST_YML = `version: 1.2.3
files:
  - url: Switchyard-1.2.3.AppImage
    sha512: 'made-up'
    size: 104857600
path: Switchyard-1.2.3.AppImage
sha512: 'made-up'
releaseDate: '2026-11-20T10:00:00.000Z'
`
const GITHUB = { tag_name: 'v1.2.3', html_url: 'https://github.com/someone/switchyard/releases/tag/v1.2.3', published_at: '2026-11-20T10:00:00Z' }

describe('what a server says of the newest version', () => {
  it('is read from electron-builder’s file and from GitHub’s release', () => {
    expect(readRelease(LATEST_YML)).toEqual({ version: '1.2.3', releasedOn: '2026-11-20', page: undefined })
    expect(readRelease(JSON.stringify({ ...GITHUB, body: 'version: 9.9.9' }))).toEqual({ version: '1.2.3', releasedOn: '2026-11-20', page: GITHUB.html_url })
  })

  it.each([
    ["version: '1.2.3-beta.1'\r\nreleaseDate: soon\r\n", { version: '1.2.3-beta.1', releasedOn: undefined }],
    [JSON.stringify({ ...GITHUB, html_url: 'javascript:alert(1)' }), { version: '1.2.3', page: undefined }],
    [JSON.stringify({ ...GITHUB, published_at: 7 }), { version: '1.2.3', releasedOn: undefined }],
  ])('is taken as far as it is of use: %j', (text, expected) => {
    expect(readRelease(text)).toMatchObject(expected)
  })

  it.each([
    '',
    '<!doctype html><title>Sign in</title>',
    '{',
    '{}',
    '{"tag_name": "nightly"}',
    'files:\n  version: 1.2.3\n',
    'version: 1.2\n',
    'version: 1.2.3 or so\n',
  ])('is nothing in %j', (text) => {
    expect(readRelease(text)).toBeUndefined()
  })
})

/** Lowest first, the second line as https://semver.org/#spec-item-11 has it. */
const IN_ORDER = [
  ...['0.1.0', '0.9.9', '0.10.0', '1.0.0-1', '1.0.0-2', '1.0.0-10'],
  ...['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0'],
]

it('takes the later of any two versions for the newer one, and none for newer than itself', () => {
  for (const [place, version] of IN_ORDER.entries()) {
    for (const [other, than] of IN_ORDER.entries()) expect([version, than, isNewer(version, than)]).toEqual([version, than, place > other])
  }
  expect(isNewer('1.0.0+build.2', '1.0.0+build.1')).toBe(false)
  expect(isNewer('nightly', '1.0.0')).toBe(false)
})
