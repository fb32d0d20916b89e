import { defineProvider } from './define.ts'
import { placeInKey } from './key-place.ts'

export default defineProvider({
  id: 'databricks',
  name: 'Databricks',
  protocol: 'openai-chat',
  baseUrl: 'https://{workspace}.ai-gateway.cloud.databricks.com/mlflow/v1',
  authorization: { kind: 'bearer' },
  authorize: placeInKey({
    provider: 'Databricks',
    gap: 'workspace',
    what: 'workspace id',
    header: 'authorization',
    hint: ', or give the base URL in the settings.',
  }),
  keyPrefixes: [],
  environment: ['DATABRICKS_CREDENTIALS'],
  validatePath: '/models',
  keyPage: 'https://accounts.cloud.databricks.com/',
  docs: 'https://docs.databricks.com/en/machine-learning/foundation-models/api-reference.html',
  statusPage: 'https://status.databricks.com',
  runsLocally: false,
  aggregates: true,
})
