/** What the README prints for a terminal works as it is printed, right after a start. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { npmStart, stopAllStarts } from '../support/npm-start.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)
const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8')
const commands = [...readme.matchAll(/```sh\n(.*?)```/gs)].map((found) => found[1] ?? '')

afterEach(stopAllStarts)

it('has a curl command that gets an answer of a demo model', async () => {
  const curl = commands.find((command) => command.startsWith('curl'))
  if (curl === undefined) throw new Error('the README shows no curl command')
  using folder = temporaryFolder()
  // another port than the usual one, which may be somebody's on this machine; all else is as printed
  const port = await freePort()
  const { printed, child, ended } = npmStart([`--port=${port}`, `--data-dir=${folder.path}`, '--vault=memory', '--headless', '--no-open'])
  await expect.poll(printed, { timeout: 20_000 }).toContain('listens on')
  const { stdout } = await run('bash', ['-c', curl.replaceAll('127.0.0.1:4747', `127.0.0.1:${port}`)])
  const answer = JSON.parse(stdout) as { choices: { message: { content: string } }[] }
  expect(answer.choices[0]?.message.content).toMatch(/simulated/i)
  child.kill('SIGINT')
  expect(await ended).toBe(0)
})

it('makes a key for a tool from the terminal, which opens the endpoint of a running Switchyard', async () => {
  using folder = temporaryFolder()
  const port = await freePort()
  const flags = [`--data-dir=${folder.path}`, '--vault=memory', '--headless', '--no-open']
  const server = npmStart([`--port=${port}`, ...flags])
  await expect.poll(server.printed, { timeout: 20_000 }).toContain('listens on')
  const maker = npmStart(['--new-key=laptop', ...flags])
  expect(await maker.ended).toBe(0)
  const key = /sk-switchyard-\w{32}/.exec(maker.printed())?.[0] ?? ''
  const answer = await fetch(`http://127.0.0.1:${port}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
  expect(answer.status).toBe(200)
})
