import { sameContent, swap, unmatched } from '../../../../../../../electron/engine/cache/semantic/guards/content.ts'
import { guardTable } from '../../../../../../support/guard-table.ts'

guardTable(sameContent, [
  ['How do I bake bread?', 'How can I bake bread?', undefined],
  ['How do I bake bread?', 'How do I bake rye bread?', 'words without a partner: rye'],
  ['What is the best colour for a hall?', 'what is the best color for a hall', undefined],
  ['How do I organise a website?', 'How do I organize a web site?', undefined],
  ['How do I become succesful?', 'How do I become successful?', undefined],
  ['What does strcpy do?', 'What does strcmp do?', 'words without a partner: strcpy, strcmp'],
  ['Which gadgets are useful?', 'Which tools are useful?', 'some words are near in meaning, not the same'],
])

guardTable(swap, [
  ['How do I bake bread?', 'How do I bake cake?', 'one word for another: bread for cake'],
  ['How do I purchase bread?', 'How do I buy bread?', undefined],
  ['How do I bake bread?', 'How do I bake rye bread?', undefined],
])

guardTable(unmatched, [
  ['Is Ann a doctor?', 'Is Ann a retired doctor?', 'stands on one side alone: retired'],
  ['How do I bake bread?', 'How can one bake bread?', undefined],
])
