import { code, languages, names, quotes } from '../../../../../../../electron/engine/cache/semantic/guards/names.ts'
import { guardTable } from '../../../../../../support/guard-table.ts'

guardTable(names, [
  ['What is the capital of Austria?', 'What is the capital of Australia?', 'names differ: Austria and Australia'],
  ['Who is Ann Lee?', 'Who is Anna Lee?', 'names differ: Ann and Anna'],
  ['What does parse_args do?', 'What does parse_arg do?', 'names differ: parse_args and parse_arg'],
  ['What is in README.md?', 'What is in LICENSE.md?', 'names differ: README.md and LICENSE.md'],
  ['When was Roosevelt born?', 'When was Theodore Roosevelt born?', 'only one has names: Theodore'],
  ['What is the capital of korea?', 'What is the capital of Korea?', undefined],
  ['what is the IT sector?', 'what is it?', 'only one has names: IT'],
  ['Tell me about vitamin C', 'Tell me about vitamin D', 'names differ: C and D'],
])

guardTable(code, [
  ['Why does `a == b` fail?', 'Why does `a === b` fail?', 'code differ: `a == b` and `a === b`'],
  ['Why does `a == b` fail?', 'Why does `a  == b` fail?', 'code differ: `a == b` and `a  == b`'],
  ['Explain `a`', 'Explain this: `a`', undefined],
])

guardTable(quotes, [
  ['Translate "good morning" into French', 'Translate "good evening" into French', 'quotations differ: good morning and good evening'],
  ['What does "bae" mean?', 'What does bae mean?', undefined],
  ['Is "run" a verb?', 'Is “run” a verb?', undefined],
  ["Why don't cats swim?", "Why do cats' paws not get wet?", undefined],
])

guardTable(languages, [
  ['Say hello in French', 'Say hello in Spanish', 'languages differ: french and spanish'],
  ['Reverse a list in Go', 'Reverse a list in Golang', undefined],
  ['Reverse a list in C', 'Reverse a list in C++', 'languages differ: c and c++'],
  ['Reverse a list in Java', 'Reverse a list in JavaScript', 'languages differ: java and javascript'],
  ['Give me the planets as JSON', 'Give me the planets as CSV', 'languages differ: json and csv'],
  ['How do I go home?', 'How do I get home?', undefined],
])
