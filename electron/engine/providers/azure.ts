import { Failure } from '../../../shared/failure.ts'
import { defineProvider, type ProviderDefinition } from './define.ts'

/** A resource is the first part of a host name, so nothing else may pass. */
const RESOURCE = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/i

export default defineProvider({
  id: 'azure',
  name: 'Azure OpenAI',
  protocol: 'openai-chat',
  baseUrl: 'https://{resource}.openai.azure.com/openai/v1',
  authorization: { kind: 'header', name: 'api-key' },
  authorize,
  keyPrefixes: [],
  environment: ['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_KEY'],
  validatePath: '/models',
  keyPage: 'https://ai.azure.com/',
  runsLocally: false,
  quirks: [
    {
      what: 'The model is the name of a deployment, which its owner chose.',
      source: 'https://learn.microsoft.com/azure/ai-foundry/openai/how-to/create-resource',
    },
    {
      what: 'Streams open with a chunk without choices that tells what the content filter made of the prompt.',
      source: 'https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming',
    },
  ],
})

/** Keys are letters and digits, so what follows an @ is the resource. A base URL of the user's own names it already. */
function authorize(...[request, secret]: Parameters<NonNullable<ProviderDefinition['authorize']>>): typeof request {
  return secret.use((pasted) => {
    const [key = '', resource = ''] = pasted.trim().split('@')
    const needsResource = request.url.includes('{resource}')
    if (key === '' || (needsResource && !RESOURCE.test(resource))) {
      throw new Failure(
        'credential-refused',
        'The key for Azure OpenAI does not say which resource it opens. Paste it as KEY@RESOURCE, where the resource answers at https://RESOURCE.openai.azure.com, or give the base URL in the settings.',
      )
    }
    return { ...request, url: request.url.replace('{resource}', resource), headers: { ...request.headers, 'api-key': key } }
  })
}
