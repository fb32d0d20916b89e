/** After which documentation each snippet was written, so that it can be looked up again when a tool changes. */
import type { IsoDate } from '../../../shared/ids.ts'
import type { SnippetId } from './snippets.ts'

export interface SnippetSource {
  /** A page, or a repository and the file in it. */
  readonly docs: string
  /** The commit that was read, or the page's own date; undefined where the page shows neither. */
  readonly version: string | undefined
}

/** When all of them were last held against their documentation. */
export const SOURCES_READ: IsoDate = '2026-11-25'

/** undefined: the protocol itself, which our own tests hold it to. */
export const SNIPPET_SOURCES: Readonly<Record<SnippetId, SnippetSource | undefined>> = {
  curl: undefined,
  fetch: undefined,
  'claude-code': page('code.claude.com/docs/en/llm-gateway, env-vars, model-config'),
  codex: file('openai/codex: codex-rs/core/config.schema.json', '000c857'),
  cursor: page('cursor.com/help/models-and-usage/api-keys; askalf/dario#190', 'May 2026'),
  continue: page('docs.continue.dev/customize/model-providers/top-level/openai'),
  cline: file('cline/cline: docs/provider-config/openai-compatible.mdx', '02210e4'),
  aider: file('Aider-AI/aider: aider/website/docs/llms/openai-compat.md', '5c4aaa2'),
  'open-webui': file('open-webui/docs: connect-a-provider/starting-with-openai-compatible.mdx', '0296ed1'),
  'vs-code': file('microsoft/vscode-docs: docs/agent-customization/language-models.md', '024cb9b, 2026-07-29'),
  zed: file('zed-industries/zed: docs/src/ai/use-api-access.md', '03560fd'),
  'openai-python': file('openai/openai-python: README.md', '001dcd3'),
  'openai-typescript': page('the package openai on npm', '7.57.0'),
  'anthropic-python': page('the package anthropic on PyPI', '0.74.0'),
  'anthropic-typescript': page('the package @anthropic-ai/sdk on npm', '1.12.0'),
  'google-genai': page('the package @google/genai on npm', '3.1.0'),
  'google-genai-python': page('pypi.org/project/google-genai', '3.5.0'),
  langchain: page('langchain-ai/docs: src/oss/python/integrations/chat/index.mdx, #1168'),
  'langchain-typescript': page('docs.langchain.com/oss/javascript/integrations/chat/openai', '@langchain/openai 1.6.0'),
  'vercel-ai': page('@ai-sdk/openai-compatible: docs/index.mdx', '3.0.92'),
  litellm: file('BerriAI/litellm-docs: docs/providers/openai_compatible.md', '4454d0a'),
}

function page(docs: string, version?: string): SnippetSource {
  return { docs, version }
}

function file(docs: string, version: string): SnippetSource {
  return { docs, version }
}
