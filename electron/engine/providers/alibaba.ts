import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'alibaba',
  name: 'Alibaba Cloud Model Studio',
  protocol: 'openai-chat',
  baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
  authorization: { kind: 'bearer' },
  // Its keys begin with a bare `sk-`, which is taken for OpenAI.
  keyPrefixes: [],
  environment: ['DASHSCOPE_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://modelstudio.console.alibabacloud.com/?tab=api#/api-key',
  docs: 'https://www.alibabacloud.com/help/en/model-studio/use-qwen-by-calling-api',
  statusPage: 'https://status.alibabacloud.com',
  runsLocally: false,
  quirks: [
    {
      what: 'Keys belong to a region; those of mainland China want the base URL without -intl.',
      source: 'https://www.alibabacloud.com/help/en/model-studio/compatibility-of-openai-with-dashscope',
    },
    {
      what: 'Takes cache_control marks; a cache write costs 1.25 times the input price.',
      source: 'https://www.alibabacloud.com/help/en/model-studio/context-cache',
    },
  ],
})
