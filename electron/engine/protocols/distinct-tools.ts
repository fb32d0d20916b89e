/** One tool of each name: clients gather them from several servers, OpenAI does not mind, and Claude and Gemini refuse the request. */
import { isDeepStrictEqual } from 'node:util'
import type { ChatView, Tool } from '../../../shared/chat.ts'

/** The view with the first tool of each name; the very same one where they differ. @param lost is told of tools that said something else */
export function withDistinctTools(view: ChatView, lost: (name: string) => void): ChatView {
  const byName = new Map<string, Tool>()
  for (const tool of view.tools) {
    const first = byName.get(tool.name)
    if (first === undefined) byName.set(tool.name, tool)
    else if (!isDeepStrictEqual(first, tool)) lost(`tools.${tool.name} (declared twice)`)
  }
  return byName.size === view.tools.length ? view : { ...view, tools: [...byName.values()] }
}
