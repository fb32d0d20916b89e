/** `npm run report:catalog`: how many models the catalogue has and how much it knows of them. Prints Markdown. */
import { FACT_PACKAGES } from '../../electron/engine/catalog/facts/packages.ts'
import { GENAI_PRICES } from '../../electron/engine/catalog/genai-prices.ts'
import { catalogCoverage } from './catalog-coverage.ts'
import { markdownTable } from './markdown.ts'

const coverage = await catalogCoverage(Date.now())
console.log('## Models by provider\n')
console.log(
  markdownTable(
    ['provider', 'chat models', 'embedding models', 'with a price'],
    coverage.providers.map(({ id, chat, other, priced }) => [id, String(chat), String(other), String(priced)]),
  ),
)
console.log('\n## What is known of the chat models\n')
console.log(
  markdownTable(
    ['field', 'models', 'share'],
    Object.entries(coverage.fields).map(([name, count]) => [name, String(count), `${Math.round((100 * count) / coverage.chatEndpoints)}%`]),
  ),
)
console.log('\n## Prices of sound and pictures, also of models that are not offered for conversations\n')
console.log(
  markdownTable(
    ['field', 'models'],
    Object.entries(coverage.priced).map(([name, count]) => [name, String(count)]),
  ),
)
console.log('\n## Sources\n')
const sources = [{ name: '@pydantic/genai-prices', licence: 'MIT', ...GENAI_PRICES }, ...Object.values(FACT_PACKAGES)]
console.log(
  markdownTable(
    ['package', 'version', 'published', 'licence'],
    sources.map(({ name, version, publishedOn, licence }) => [name, version, publishedOn, licence]),
  ),
)
const { chatEndpoints, chatModels, embeddings, withSeveralHosts, providers } = coverage
console.log(
  `\n${chatModels} chat models at ${chatEndpoints} endpoints of ${providers.length} providers, ${withSeveralHosts} of them at more than one; ${embeddings} embedding models.`,
)
