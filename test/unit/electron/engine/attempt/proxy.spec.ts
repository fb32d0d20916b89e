import { describe, expect, it } from 'vitest'
import { basicAuthorization, environmentRules, exceptionsIn, type ProxyRules, proxyFor, proxyOf } from '../../../../../electron/engine/attempt/proxy.ts'
import { targetOf } from '../../../../../electron/engine/attempt/target.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'

const secretOf = (text: string): Secret => new Secret(basicAuthorization(text))
const through = (url: string, exceptions: readonly string[], more: Partial<ProxyRules> = {}): boolean => {
  const proxy = proxyOf('http://proxy.example:8080', secretOf)
  return proxyFor({ http: proxy, https: proxy, exceptions, sparesThisMachine: true, ...more }, targetOf(url)) !== undefined
}

describe('an exception', () => {
  it.each([
    ['*', 'https://api.example/v1', true],
    ['api.example', 'https://api.example/v1', true],
    ['API.example', 'https://api.EXAMPLE/v1', true],
    ['api.example', 'https://eu.api.example/v1', false],
    ['api.example', 'https://notapi.example/v1', false],
    ['.example', 'https://api.example/v1', true],
    ['.api.example', 'https://notapi.example/v1', false],
    ['*.api.example', 'https://eu.api.example/v1', true],
    ['*.api.example', 'https://api.example/v1', true],
    ['api.example:443', 'https://api.example/v1', true],
    ['api.example:443', 'https://api.example:8443/v1', false],
    ['api.example:80', 'http://api.example/v1', true],
    ['10.1.2.3', 'http://10.1.2.3:8000/v1', true],
    ['10.0.0.0/8', 'http://10.1.2.3:8000/v1', true],
    ['10.0.0.0/8', 'http://11.1.2.3:8000/v1', false],
    ['10.1.2.1-10.1.2.9', 'http://10.1.2.3/v1', true],
    ['10.1.2.4-10.1.2.9', 'http://10.1.2.3/v1', false],
    ['10.1.2.9-10.1.2.1', 'http://10.1.2.3/v1', false],
    ['10.0.0.0/99', 'http://10.1.2.3/v1', false],
    ['10.1.2.3:8000', 'http://10.1.2.3:8000/v1', true],
    ['fd00::/8', 'http://[fd12::1]/v1', true],
    ['[fd12::1]', 'http://[fd12::1]/v1', true],
  ])('%s and %s', (exception, url, isExcepted) => {
    expect(through(url, [exception])).toBe(!isExcepted)
  })
})

it.each(['http://127.0.0.1:11434/v1', 'http://localhost:1234/v1', 'http://[::1]:8080/v1', 'https://models.localhost/v1'])('spares this machine: %s', (url) => {
  expect(through(url, [])).toBe(false)
  // the environment is followed to the letter
  expect(through(url, [], { sparesThisMachine: false })).toBe(true)
})

describe('the environment', () => {
  it('names a proxy for each of the two, the lower-case name first', () => {
    const rules = environmentRules(
      { HTTP_PROXY: 'http://upper.example', http_proxy: 'lower.example:3128', https_proxy: 'https://s.example', NO_PROXY: 'a.example, .b.example' },
      secretOf,
    )
    expect(rules?.http).toMatchObject({ name: 'lower.example:3128', secure: false, port: 3128 })
    expect(rules?.https).toMatchObject({ name: 's.example:443', secure: true })
    expect(rules?.exceptions).toEqual(['a.example', '.b.example'])
  })
  it.each([{}, { http_proxy: '' }, { https_proxy: 'socks5://proxy.example' }, { no_proxy: '*' }])('says nothing: %o', (environment) => {
    expect(environmentRules(environment, secretOf)).toBeUndefined()
  })
  it('keeps user and password out of sight', () => {
    const rules = environmentRules({ https_proxy: 'http://anna:made%40up@proxy.example:8080' }, secretOf)
    expect(rules?.https?.authorization?.use((value) => value)).toBe(`Basic ${Buffer.from('anna:made@up').toString('base64')}`)
    expect(JSON.stringify(rules)).not.toContain('made')
  })
})

it('reads exceptions off lines, commas and spaces', () => {
  expect(exceptionsIn(' a,b\n c  ,, ')).toEqual(['a', 'b', 'c'])
})
