import { defineProvider } from './define.ts'
import { placeInKey } from './key-place.ts'

export default defineProvider({
  id: 'snowflake',
  name: 'Snowflake Cortex',
  protocol: 'openai-chat',
  baseUrl: 'https://{account}.snowflakecomputing.com/api/v2/cortex/v1',
  authorization: { kind: 'bearer' },
  authorize: placeInKey({
    provider: 'Snowflake Cortex',
    gap: 'account',
    what: 'account',
    header: 'authorization',
    hint: ', or give the base URL in the settings.',
  }),
  keyPrefixes: [],
  environment: ['SNOWFLAKE_CORTEX_CREDENTIALS'],
  validatePath: '/models',
  keyPage: 'https://app.snowflake.com/',
  docs: 'https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api',
  statusPage: 'https://status.snowflake.com',
  runsLocally: false,
  aggregates: true,
})
