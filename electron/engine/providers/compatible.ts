/**
 * Providers that speak OpenAI's chat format with a bearer key and depart from it in nothing that needs code: one row each. Addresses, variables and
 * what is said of reasoning and caching come from each provider's own documentation (`docs`, `source`), found through the models.dev
 * registry (MIT, https://github.com/anomalyco/models.dev, read on 2026-11-25). What nobody documented is left out rather than guessed.
 */
import { OWN_SOURCES } from '../../../shared/messages/price-source.ts'
import { defineProvider, type ProviderDefinition } from './define.ts'
import { freeOfCharge } from './free.ts'

type Row = Pick<ProviderDefinition, 'id' | 'name' | 'docs'> & { readonly baseUrl: string } & Partial<
    Omit<ProviderDefinition, 'id' | 'name' | 'docs' | 'baseUrl' | 'protocol' | 'authorization' | 'runsLocally'>
  >

const HOSTED: readonly Row[] = [
  {
    id: 'deepinfra',
    name: 'DeepInfra',
    baseUrl: 'https://api.deepinfra.com/v1/openai',
    environment: ['DEEPINFRA_API_KEY', 'DEEPINFRA_TOKEN'],
    keyPage: 'https://deepinfra.com/dash/api_keys',
    docs: 'https://docs.deepinfra.com/api-reference/chat-completions/openai-chat-completions',
    aggregates: true,
    dataPolicy: {
      trains: false,
      retentionDays: 0,
      exceptModels: ['google/gemini', 'anthropic/'],
      note: {
        en: 'Models of Google and Anthropic are passed on to those, whose own policies hold.',
        de: 'Modelle von Google und Anthropic werden an diese weitergereicht; dort gelten deren eigene Regeln.',
      },
      source: 'https://docs.deepinfra.com/account/data-privacy',
      asOf: '2026-11-25',
    },
    quirks: [
      {
        what: 'prompt_cache_options with a ttl of 5m or 1h keeps a prefix, which a prompt_cache_breakpoint ends.',
        source: 'https://docs.deepinfra.com/chat/prompt-caching',
      },
      { what: 'reasoning_effort none switches reasoning off.', source: 'https://docs.deepinfra.com/chat/reasoning' },
    ],
  },
  {
    id: 'nebius',
    name: 'Nebius Token Factory',
    baseUrl: 'https://api.tokenfactory.nebius.com/v1',
    environment: ['NEBIUS_API_KEY'],
    keyPage: 'https://tokenfactory.nebius.com/',
    docs: 'https://docs.tokenfactory.nebius.com/',
    aggregates: true,
    quirks: [
      {
        what: 'Prefixes are cached by themselves and counted as cached_tokens.',
        source: 'https://docs.tokenfactory.nebius.com/api-reference/inference/create-chat-completion',
      },
    ],
  },
  {
    id: 'novita',
    name: 'Novita AI',
    baseUrl: 'https://api.novita.ai/openai',
    environment: ['NOVITA_API_KEY'],
    keyPage: 'https://novita.ai/settings/key-management',
    docs: 'https://novita.ai/docs/guides/introduction',
    aggregates: true,
    quirks: [
      {
        what: 'enable_thinking switches reasoning for some models of GLM and DeepSeek only.',
        source: 'https://novita.ai/docs/api-reference/model-apis-llm-create-chat-completion',
      },
    ],
  },
  {
    id: 'siliconflow',
    name: 'SiliconFlow',
    baseUrl: 'https://api.siliconflow.com/v1',
    environment: ['SILICONFLOW_API_KEY'],
    keyPage: 'https://cloud.siliconflow.com/account/ak',
    docs: 'https://docs.siliconflow.com/en/api-reference/chat-completions/chat-completions',
    aggregates: true,
    quirks: [
      {
        what: 'Reasoning has a budget of its own, thinking_budget, from 128 to 32768 tokens.',
        source: 'https://docs.siliconflow.com/en/api-reference/chat-completions/chat-completions',
      },
    ],
  },
  {
    id: 'baseten',
    name: 'Baseten',
    baseUrl: 'https://inference.baseten.co/v1',
    environment: ['BASETEN_API_KEY'],
    keyPage: 'https://app.baseten.co/settings/api_keys',
    docs: 'https://docs.baseten.co/inference/model-apis/overview',
    aggregates: true,
    quirks: [
      {
        what: 'Some models think only with chat_template_args.enable_thinking.',
        source: 'https://docs.baseten.co/inference/model-apis/reasoning',
      },
    ],
  },
  {
    id: 'nvidia',
    name: 'NVIDIA NIM',
    baseUrl: 'https://integrate.api.nvidia.com/v1',
    keyPrefixes: ['nvapi-'],
    environment: ['NVIDIA_API_KEY'],
    keyPage: 'https://build.nvidia.com/settings/api-keys',
    docs: 'https://docs.api.nvidia.com/nim/reference/llm-apis',
    aggregates: true,
    listIsPublic: true,
    quirks: [
      {
        what: 'Each model has a closed schema of its own: a field that one takes, another refuses.',
        source: 'https://docs.api.nvidia.com/nim/reference/llm-apis',
      },
    ],
  },
  {
    id: 'github-models',
    name: 'GitHub Models',
    baseUrl: 'https://models.github.ai/inference',
    keyPrefixes: ['ghp_', 'github_pat_'],
    // GITHUB_TOKEN lies in many shells for other ends, and a key found there would be used unasked
    environment: [],
    validatePath: '/models',
    keyPage: 'https://github.com/settings/tokens',
    docs: 'https://docs.github.com/en/github-models',
    aggregates: true,
    statusPage: 'https://www.githubstatus.com',
  },
  {
    id: 'sambanova',
    name: 'SambaNova',
    baseUrl: 'https://api.sambanova.ai/v1',
    environment: ['SAMBANOVA_API_KEY'],
    keyPage: 'https://cloud.sambanova.ai/apis',
    docs: 'https://docs.sambanova.ai/docs',
    aggregates: true,
    listIsPublic: true,
  },
  {
    id: 'inception',
    name: 'Inception',
    baseUrl: 'https://api.inceptionlabs.ai/v1',
    environment: ['INCEPTION_API_KEY'],
    keyPage: 'https://platform.inceptionlabs.ai/',
    docs: 'https://docs.inceptionlabs.ai/get-started/models',
    quirks: [
      {
        what: 'The efforts of the mercury-2 models are instant, low, medium and high; there is none that switches reasoning off.',
        source: 'https://docs.inceptionlabs.ai/capabilities/reasoning-efforts',
      },
    ],
  },
  {
    id: 'upstage',
    name: 'Upstage',
    baseUrl: 'https://api.upstage.ai/v1',
    keyPrefixes: ['up_'],
    environment: ['UPSTAGE_API_KEY'],
    keyPage: 'https://console.upstage.ai/api-keys',
    docs: 'https://developers.upstage.ai/docs/apis/chat',
    quirks: [
      {
        what: 'solar-pro2 reasons only with effort high; solar-pro3 takes low for off.',
        source: 'https://developers.upstage.ai/docs/capabilities/generate/reasoning',
      },
      { what: 'A prompt_cache_key keeps the prefix of one session.', source: 'https://console.upstage.ai/api/chat' },
    ],
  },
  {
    id: 'chutes',
    name: 'Chutes',
    baseUrl: 'https://llm.chutes.ai/v1',
    keyPrefixes: ['cpk_'],
    environment: ['CHUTES_API_KEY'],
    keyPage: 'https://chutes.ai/app/api',
    docs: 'https://chutes.ai/docs/guides/reasoning-models',
    aggregates: true,
    listIsPublic: true,
    quirks: [
      {
        what: 'Reasoning is switched by chat_template_kwargs, by a name that depends on the model.',
        source: 'https://chutes.ai/docs/guides/reasoning-models',
      },
    ],
  },
  {
    id: 'friendli',
    name: 'Friendli',
    baseUrl: 'https://api.friendli.ai/serverless/v1',
    keyPrefixes: ['flp_'],
    environment: ['FRIENDLI_TOKEN'],
    keyPage: 'https://friendli.ai/suite/setting/tokens',
    docs: 'https://friendli.ai/docs/openapi/model-apis/chat-completions',
    aggregates: true,
    quirks: [{ what: 'A reasoning_budget caps the tokens of reasoning.', source: 'https://friendli.ai/docs/guides/reasoning' }],
  },
  {
    id: 'venice',
    name: 'Venice AI',
    baseUrl: 'https://api.venice.ai/api/v1',
    environment: ['VENICE_API_KEY'],
    keyPage: 'https://venice.ai/settings/api',
    docs: 'https://docs.venice.ai',
    aggregates: true,
    listIsPublic: true,
  },
  {
    id: 'wandb',
    name: 'W&B Inference (CoreWeave)',
    baseUrl: 'https://api.inference.wandb.ai/v1',
    environment: ['WANDB_API_KEY'],
    keyPage: 'https://wandb.ai/authorize',
    docs: 'https://docs.wandb.ai/guides/integrations/inference/',
    aggregates: true,
    statusPage: 'https://status.wandb.com',
    dataPolicy: {
      trains: false,
      retentionDays: 0,
      note: {
        en: 'Diagnostic logs of exceptional errors may hold fragments for up to 14 days.',
        de: 'Fehlerprotokolle können in Ausnahmefällen Bruchstücke bis zu 14 Tage enthalten.',
      },
      source: 'https://docs.coreweave.com/products/inference/serverless/privacy-and-security',
      asOf: '2026-11-25',
    },
    quirks: [
      {
        what: 'A cache_salt keeps the cached prefixes of one user from another.',
        source: 'https://docs.wandb.ai/inference/response-settings/prefix-caching',
      },
      {
        what: 'Reasoning is switched by chat_template_kwargs.enable_thinking and comes as reasoning.',
        source: 'https://docs.wandb.ai/inference/response-settings/reasoning',
      },
    ],
  },
  {
    id: 'inference-net',
    name: 'Inference.net',
    baseUrl: 'https://api.inference.net/v1',
    environment: ['INFERENCE_API_KEY'],
    keyPage: 'https://inference.net/dashboard/api-keys',
    docs: 'https://inference.net/models',
    aggregates: true,
  },
  {
    id: 'morph',
    name: 'Morph',
    baseUrl: 'https://api.morphllm.com/v1',
    environment: ['MORPH_API_KEY'],
    keyPage: 'https://morphllm.com/dashboard/api-keys',
    docs: 'https://docs.morphllm.com/api-reference/introduction',
  },
  {
    id: 'ovhcloud',
    name: 'OVHcloud AI Endpoints',
    baseUrl: 'https://oai.endpoints.kepler.ai.cloud.ovh.net/v1',
    environment: ['OVHCLOUD_API_KEY', 'OVH_AI_ENDPOINTS_ACCESS_TOKEN'],
    keyPage: 'https://endpoints.ai.cloud.ovh.net/',
    docs: 'https://www.ovhcloud.com/en/public-cloud/ai-endpoints/catalog/',
    aggregates: true,
    listIsPublic: true,
    quirks: [
      {
        what: 'What switches reasoning depends on the model: an effort, or /no_think in the prompt.',
        source: 'https://www.ovhcloud.com/en/public-cloud/ai-endpoints/catalog/qwen-3-32b/',
      },
    ],
  },
  {
    id: 'scaleway',
    name: 'Scaleway',
    baseUrl: 'https://api.scaleway.ai/v1',
    environment: ['SCALEWAY_API_KEY'],
    keyPage: 'https://console.scaleway.com/iam/api-keys',
    docs: 'https://www.scaleway.com/en/docs/generative-apis/',
    aggregates: true,
    statusPage: 'https://status.scaleway.com',
    residency: { regions: ['eu'], source: 'https://www.scaleway.com/en/docs/generative-apis/reference-content/data-privacy/' },
    dataPolicy: {
      trains: false,
      retentionDays: 0,
      note: { en: 'Counts of usage are kept for up to 6 months, without the texts.', de: 'Verbrauchszahlen werden bis zu 6 Monate behalten, ohne die Texte.' },
      source: 'https://www.scaleway.com/en/docs/generative-apis/reference-content/data-privacy/',
      asOf: '2026-11-25',
    },
    quirks: [
      {
        what: 'Reasoning is on unless reasoning_effort is none, which gpt-oss-120b does not take.',
        source: 'https://www.scaleway.com/en/docs/generative-apis/how-to/query-reasoning-models/',
      },
    ],
  },
  {
    id: 'stackit',
    name: 'STACKIT',
    baseUrl: 'https://api.openai-compat.model-serving.eu01.onstackit.cloud/v1',
    environment: ['STACKIT_API_KEY'],
    keyPage: 'https://portal.stackit.cloud/',
    docs: 'https://docs.stackit.cloud/products/data-and-ai/ai-model-serving/basics/available-shared-models',
    aggregates: true,
    residency: {
      regions: ['eu'],
      source: 'https://docs.stackit.cloud/products/data-and-ai/ai-model-serving/basics/available-shared-models',
    },
  },
  {
    id: 'io-net',
    name: 'IO.NET Intelligence',
    baseUrl: 'https://api.intelligence.io.solutions/api/v1',
    keyPrefixes: ['io-v2-'],
    environment: ['IOINTELLIGENCE_API_KEY'],
    keyPage: 'https://ai.io.net/ai/api-keys',
    docs: 'https://io.net/docs/guides/intelligence/io-intelligence',
    aggregates: true,
    quirks: [
      {
        what: 'Models that always reason may refuse effort none.',
        source: 'https://io.net/docs/guides/intelligence/reasoning-for-chat-completions',
      },
    ],
  },
  {
    id: 'modelscope',
    name: 'ModelScope',
    baseUrl: 'https://api-inference.modelscope.cn/v1',
    environment: ['MODELSCOPE_API_KEY'],
    keyPage: 'https://modelscope.cn/my/myaccesstoken',
    docs: 'https://modelscope.cn/docs/model-service/API-Inference/intro',
    aggregates: true,
  },
  {
    id: 'zhipu',
    name: 'Zhipu AI (BigModel)',
    baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
    environment: ['ZHIPU_API_KEY', 'ZHIPUAI_API_KEY'],
    keyPage: 'https://open.bigmodel.cn/usercenter/apikeys',
    docs: 'https://open.bigmodel.cn/pricing',
    quirks: [{ what: 'Errors bear business codes: 1113 is an empty account, 1302 too many requests.', source: 'https://docs.z.ai/api-reference/api-code' }],
  },
  {
    id: 'vultr',
    name: 'Vultr Serverless Inference',
    baseUrl: 'https://api.vultrinference.com/v1',
    environment: ['VULTR_API_KEY'],
    keyPage: 'https://my.vultr.com/inference/',
    docs: 'https://api.vultrinference.com/',
    aggregates: true,
    statusPage: 'https://status.vultr.com',
    quirks: [{ what: 'Reasoning comes as reasoning, never as reasoning_content.', source: 'https://api.vultrinference.com/' }],
  },
  {
    id: 'synthetic',
    name: 'Synthetic',
    baseUrl: 'https://api.synthetic.new/openai/v1',
    environment: ['SYNTHETIC_API_KEY'],
    keyPage: 'https://synthetic.new/user-settings/api',
    docs: 'https://synthetic.new/pricing',
    aggregates: true,
    listIsPublic: true,
  },
  {
    id: 'digitalocean',
    name: 'DigitalOcean Gradient',
    baseUrl: 'https://inference.do-ai.run/v1',
    environment: ['DIGITALOCEAN_INFERENCE_KEY'],
    keyPage: 'https://cloud.digitalocean.com/gen-ai/model-access-keys',
    docs: 'https://docs.digitalocean.com/products/gradient-ai-platform/details/models/',
    aggregates: true,
    statusPage: 'https://status.digitalocean.com',
    quirks: [
      {
        what: 'The same value of X-Model-Affinity keeps a conversation where its prefix is cached.',
        source: 'https://docs.digitalocean.com/products/inference/how-to/use-prompt-caching/',
      },
    ],
  },
  {
    id: 'meta',
    name: 'Meta Llama API',
    baseUrl: 'https://api.llama.com/compat/v1',
    // LLAMA_API_KEY is llama.cpp's own
    environment: [],
    keyPage: 'https://llama.developer.meta.com/',
    docs: 'https://llama.developer.meta.com/docs/models',
  },
  {
    id: 'cortecs',
    name: 'Cortecs',
    baseUrl: 'https://api.cortecs.ai/v1',
    environment: ['CORTECS_API_KEY'],
    keyPage: 'https://cortecs.ai/userArea/apiAccess',
    docs: 'https://docs.cortecs.ai/routing/prompt-caching',
    aggregates: true,
    listIsPublic: true,
    quirks: [{ what: 'Fields that the chosen backend does not know may be ignored in silence.', source: 'https://api.cortecs.ai/v1/models' }],
  },
  {
    id: 'nano-gpt',
    name: 'NanoGPT',
    baseUrl: 'https://nano-gpt.com/api/v1',
    environment: ['NANO_GPT_API_KEY', 'NANOGPT_API_KEY'],
    keyPage: 'https://nano-gpt.com/api',
    docs: 'https://docs.nano-gpt.com',
    aggregates: true,
    listIsPublic: true,
    quirks: [
      {
        what: 'Names may end in :thinking or, for Claude, in a budget such as :8192.',
        source: 'https://docs.nano-gpt.com/api-reference/miscellaneous/model-suffixes',
      },
    ],
  },
  {
    id: 'xiaomi',
    name: 'Xiaomi MiMo',
    baseUrl: 'https://api.xiaomimimo.com/v1',
    environment: ['XIAOMI_API_KEY', 'MIMO_API_KEY'],
    keyPage: 'https://platform.xiaomimimo.com/',
    docs: 'https://platform.xiaomimimo.com/static/docs/api/chat/openai-api.md',
    quirks: [
      {
        what: 'thinking {type} switches reasoning, which is on by default but for the Flash models.',
        source: 'https://platform.xiaomimimo.com/static/docs/api/chat/openai-api.md',
      },
    ],
  },
  {
    id: 'stepfun',
    name: 'StepFun',
    baseUrl: 'https://api.stepfun.com/v1',
    environment: ['STEPFUN_API_KEY'],
    keyPage: 'https://platform.stepfun.com/interface-key',
    docs: 'https://platform.stepfun.com/docs/zh/overview/concept',
    quirks: [
      {
        what: 'Reasoning comes as reasoning, or as reasoning_content with reasoning_format deepseek-style.',
        source: 'https://platform.stepfun.com/docs/zh/api-reference/chat/chat-completion-create',
      },
      {
        what: 'Prefixes from 256 tokens on are cached by themselves.',
        source: 'https://platform.stepfun.com/docs/zh/guides/developer/prompt-cache.md',
      },
    ],
  },
  {
    id: 'tencent',
    name: 'Tencent TokenHub',
    baseUrl: 'https://tokenhub.tencentmaas.com/v1',
    environment: ['TENCENT_TOKENHUB_API_KEY'],
    keyPage: 'https://console.cloud.tencent.com/tokenhub',
    docs: 'https://cloud.tencent.com/document/product/1823/130050',
    aggregates: true,
    quirks: [
      {
        what: 'thinking {type} switches reasoning, which comes as reasoning_content.',
        source: 'https://cloud.tencent.com/document/product/1823/130079',
      },
      {
        what: 'A prompt_cache_key, and X-Session-ID for the same machine, keep the prefix of a conversation.',
        source: 'https://cloud.tencent.com/document/product/1823/131410',
      },
    ],
  },
  {
    id: 'berget',
    name: 'Berget AI',
    baseUrl: 'https://api.berget.ai/v1',
    environment: ['BERGET_API_KEY'],
    keyPage: 'https://console.berget.ai/',
    docs: 'https://docs.berget.ai',
    aggregates: true,
  },
  {
    id: 'regolo',
    name: 'Regolo AI',
    baseUrl: 'https://api.regolo.ai/v1',
    environment: ['REGOLO_API_KEY'],
    keyPage: 'https://dashboard.regolo.ai/',
    docs: 'https://docs.regolo.ai/',
    aggregates: true,
    quirks: [
      {
        what: 'thinking true switches reasoning on; its effort is medium unless said otherwise.',
        source: 'https://docs.regolo.ai/models/features/thinking/',
      },
    ],
  },
  {
    id: 'evroc',
    name: 'evroc Think',
    baseUrl: 'https://models.think.evroc.com/v1',
    environment: ['EVROC_API_KEY'],
    keyPage: 'https://console.evroc.com/',
    docs: 'https://docs.evroc.com/products/think/overview.html',
    aggregates: true,
  },
  {
    id: 'submodel',
    name: 'submodel',
    baseUrl: 'https://llm.submodel.ai/v1',
    environment: ['SUBMODEL_INSTAGEN_ACCESS_KEY'],
    keyPage: 'https://submodel.ai/',
    docs: 'https://submodel.gitbook.io/docs/instagen/api-reference',
    aggregates: true,
  },
  {
    id: 'parasail',
    name: 'Parasail',
    baseUrl: 'https://api.parasail.io/v1',
    environment: ['PARASAIL_API_KEY'],
    keyPage: 'https://www.saas.parasail.io/keys',
    docs: 'https://docs.parasail.io',
    aggregates: true,
  },
  {
    id: 'voyage',
    name: 'Voyage AI',
    baseUrl: 'https://api.voyageai.com/v1',
    keyPrefixes: ['pa-'],
    environment: ['VOYAGE_API_KEY'],
    keyPage: 'https://dashboard.voyageai.com/organization/api-keys',
    docs: 'https://docs.voyageai.com/reference/embeddings-api',
    noList: { en: 'It has no list of models.', de: 'Es gibt dort keine Liste von Modellen.' },
    listIsPublic: true,
    quirks: [
      {
        what: 'It makes embeddings alone; there is no chat and no call that proves a key for nothing.',
        source: 'https://docs.voyageai.com/reference/embeddings-api',
      },
    ],
  },
  {
    id: 'heroku',
    name: 'Heroku Managed Inference',
    baseUrl: 'https://us.inference.heroku.com/v1',
    environment: ['HEROKU_INFERENCE_KEY', 'INFERENCE_KEY'],
    docs: 'https://devcenter.heroku.com/articles/heroku-inference-api-v1-chat-completions',
    aggregates: true,
    statusPage: 'https://status.heroku.com',
    quirks: [
      {
        what: 'The same service answers for Europe at https://eu.inference.heroku.com: give that address in the settings.',
        source: 'https://devcenter.heroku.com/articles/heroku-inference',
      },
    ],
  },
]

/** Others who route among providers of their own choosing: who processes a request is theirs to say. */
const AGGREGATORS: readonly Row[] = [
  {
    id: 'vercel',
    name: 'Vercel AI Gateway',
    baseUrl: 'https://ai-gateway.vercel.sh/v1',
    keyPrefixes: ['vck_'],
    environment: ['AI_GATEWAY_API_KEY'],
    keyPage: 'https://vercel.com/dashboard/ai-gateway/api-keys',
    docs: 'https://vercel.com/docs/ai-gateway',
    listIsPublic: true,
    statusPage: 'https://www.vercel-status.com',
    dataPolicy: {
      trains: false,
      retentionDays: 0,
      exceptModels: 'all',
      note: {
        en: 'Holds for the gateway itself; the provider behind it has a policy of its own.',
        de: 'Gilt für das Gateway selbst; der Anbieter dahinter hat eigene Regeln.',
      },
      source: 'https://vercel.com/docs/ai-gateway/security-and-compliance/zdr',
      asOf: '2026-08-31',
    },
    quirks: [
      {
        what: 'providerOptions.gateway chooses who serves the model and whether its prompts are cached.',
        source: 'https://vercel.com/docs/ai-gateway/models-and-providers/provider-filtering-and-ordering',
      },
    ],
  },
  {
    id: 'requesty',
    name: 'Requesty',
    baseUrl: 'https://router.requesty.ai/v1',
    environment: ['REQUESTY_API_KEY'],
    keyPage: 'https://app.requesty.ai/api-keys',
    docs: 'https://docs.requesty.ai/',
    listIsPublic: true,
    dataPolicy: {
      trains: false,
      retentionDays: 0,
      exceptModels: 'all',
      note: {
        en: 'Holds for the router itself while its logging is off; the provider behind it has a policy of its own.',
        de: 'Gilt für den Router selbst, solange sein Protokoll ausgeschaltet ist; der Anbieter dahinter hat eigene Regeln.',
      },
      source: 'https://www.requesty.ai/security',
      asOf: '2026-07-08',
    },
  },
  {
    id: 'helicone',
    name: 'Helicone AI Gateway',
    baseUrl: 'https://ai-gateway.helicone.ai/v1',
    keyPrefixes: ['sk-helicone-'],
    environment: ['HELICONE_API_KEY'],
    keyPage: 'https://us.helicone.ai/settings/api-keys',
    docs: 'https://docs.helicone.ai/gateway/overview',
    listIsPublic: true,
    quirks: [
      {
        what: 'Keeps the texts of requests unless told to omit them by header.',
        source: 'https://docs.helicone.ai/features/advanced-usage/omit-logs',
      },
    ],
  },
  {
    id: 'poe',
    name: 'Poe',
    baseUrl: 'https://api.poe.com/v1',
    environment: ['POE_API_KEY'],
    keyPage: 'https://poe.com/api_key',
    docs: 'https://creator.poe.com/docs/external-applications/openai-compatible-api',
    listIsPublic: true,
  },
  {
    id: 'aihubmix',
    name: 'AIHubMix',
    baseUrl: 'https://aihubmix.com/v1',
    environment: ['AIHUBMIX_API_KEY'],
    keyPage: 'https://aihubmix.com/token',
    docs: 'https://docs.aihubmix.com',
    listIsPublic: true,
    quirks: [
      { what: 'Takes prompt_cache_key and explicit breakpoints for the models that have them.', source: 'https://docs.aihubmix.com/cn/api/GPT-Cache.md' },
    ],
  },
  {
    id: 'opencode-zen',
    name: 'OpenCode Zen',
    baseUrl: 'https://opencode.ai/zen/v1',
    environment: ['OPENCODE_API_KEY'],
    keyPage: 'https://opencode.ai/auth',
    docs: 'https://opencode.ai/docs/zen',
    listIsPublic: true,
    quirks: [
      {
        what: 'Models of OpenAI, Anthropic and Google answer on routes of their own formats and not here.',
        source: 'https://opencode.ai/docs/zen#endpoints',
      },
    ],
  },
  {
    id: 'zenmux',
    name: 'ZenMux',
    baseUrl: 'https://zenmux.ai/api/v1',
    environment: ['ZENMUX_API_KEY'],
    keyPage: 'https://zenmux.ai/settings/keys',
    docs: 'https://docs.zenmux.ai',
    listIsPublic: true,
    quirks: [
      {
        what: 'cache_control is kept for Claude and Qwen.',
        source: 'https://docs.zenmux.ai/guide/advanced/prompt-cache.html',
      },
    ],
  },
  {
    id: 'fastrouter',
    name: 'FastRouter',
    baseUrl: 'https://go.fastrouter.ai/api/v1',
    environment: ['FASTROUTER_API_KEY'],
    keyPage: 'https://fastrouter.ai/',
    docs: 'https://docs.fastrouter.ai/explore-features/prompt-caching',
    listIsPublic: true,
  },
]

/** Servers that people run themselves. Found by asking their usual ports. */
const LOCAL: readonly Row[] = [
  {
    id: 'jan',
    name: 'Jan',
    baseUrl: 'http://127.0.0.1:1337/v1',
    docs: 'https://jan.ai/docs/local-server',
    quirks: [{ what: 'Its server wants the key that was set when it was started.', source: 'https://jan.ai/docs/local-server' }],
  },
  {
    id: 'sglang',
    name: 'SGLang',
    baseUrl: 'http://127.0.0.1:30000/v1',
    docs: 'https://docs.sglang.ai/basic_usage/openai_api_completions.html',
  },
  {
    id: 'koboldcpp',
    name: 'KoboldCpp',
    baseUrl: 'http://127.0.0.1:5001/v1',
    docs: 'https://github.com/LostRuins/koboldcpp/wiki',
  },
]

function hosted(row: Row, kind: 'bearer' | 'optional-bearer', more: Partial<ProviderDefinition> = {}): ProviderDefinition {
  return defineProvider({
    keyPrefixes: [],
    environment: [],
    validatePath: '/models',
    ...row,
    ...more,
    protocol: 'openai-chat',
    authorization: { kind },
    runsLocally: kind === 'optional-bearer',
  })
}

export const hostedRows: readonly ProviderDefinition[] = [
  ...HOSTED.map((row) => hosted(row, 'bearer')),
  ...AGGREGATORS.map((row) => hosted(row, 'bearer', { aggregates: true })),
]

export const localRows: readonly ProviderDefinition[] = LOCAL.map((row) =>
  hosted(row, 'optional-bearer', { flatPrice: freeOfCharge(OWN_SOURCES['runs-here']) }),
)
