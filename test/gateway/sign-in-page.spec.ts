/** The page that opens the workbench in a browser. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startGateway } from '../support/gateway.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

it('says of itself whether somebody has signed in, so that no screen is shown that is then taken away', async () => {
  using folder = temporaryFolder()
  writeFileSync(join(folder.path, 'index.html'), '<!doctype html><html lang="en"><body></body></html>')
  const { address, gateway, close } = await startGateway({ rendererDir: folder.path })
  try {
    const page = async (cookie = '') => (await fetch(address, { headers: { cookie } })).text()
    expect(await page()).toContain('<html data-signed-out lang="en">')
    const body = JSON.stringify({ code: gateway.newCode() })
    const signedIn = await fetch(`${address}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect(await page(signedIn.headers.get('set-cookie')?.split(';')[0])).toContain('<html lang="en">')
  } finally {
    await close()
  }
})
