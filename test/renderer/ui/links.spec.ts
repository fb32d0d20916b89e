import { afterEach, describe, expect, it, vi } from 'vitest'
import { openLink } from '../../../renderer/ui/links.ts'

function click(href: string) {
  const preventDefault = vi.fn()
  openLink({ preventDefault, currentTarget: { href } } as unknown as Parameters<typeof openLink>[0])
  return preventDefault
}

afterEach(() => vi.unstubAllGlobals())

describe('a link in an answer', () => {
  it('is handed to the shell in a desktop window', () => {
    const openExternal = vi.fn(async () => {})
    vi.stubGlobal('window', { switchyardNative: { platform: 'linux', openExternal } })
    expect(click('https://example.org/')).toHaveBeenCalled()
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://example.org/')
  })

  it('is an ordinary link in a browser tab', () => {
    vi.stubGlobal('window', {})
    expect(click('https://example.org/')).not.toHaveBeenCalled()
  })
})
