/** Wrong base URLs are from reports: https://github.com/NousResearch/hermes-agent/issues/18431, https://github.com/BerriAI/litellm/issues/36956 */
import { expect, it, test } from 'vitest'
import { gatewayRoute } from '../../../../electron/http/gateway-routes.ts'

it.each([
  ['/v1/v1/messages', '/v1/messages'],
  ['/api/v1/v1/messages', '/v1/messages'],
  ['/messages', '/v1/messages'],
  ['/messages/count_tokens', '/v1/messages/count_tokens'],
  ['//v1//messages', '/v1/messages'],
  ['/chat/completions', '/v1/chat/completions'],
  ['/v1/chat/completions/', '/v1/chat/completions'],
  ['/v1//responses', '/v1/responses'],
  ['/models', '/v1/models'],
  ['/v1/models/', '/v1/models'],
  ['/v1/v1beta/models/gemini-3-pro:generateContent', '/v1beta/models/gemini-3-pro:generateContent'],
  ['/v1/api/chat', '/api/chat'],
])('%s is %s', (asked, meant) => {
  expect(gatewayRoute(asked, '', {})).toEqual(gatewayRoute(meant, '', {}))
  expect(gatewayRoute(meant, '', {})?.route.is).not.toBe('unknown')
})

test.each(['/', '/settings', '/assets//x.js', '/api/keys.list', '/api/events'])('%s is the workbench’s', (path) => {
  expect(gatewayRoute(path, '', {})).toBeUndefined()
})

test.each(['/v1/nonsense', '/v1/v1/nonsense', '/v1/'])('%s is unknown', (path) => {
  expect(gatewayRoute(path, '', {})?.route.is).toBe('unknown')
})
