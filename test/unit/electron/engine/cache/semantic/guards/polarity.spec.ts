import { antonyms, exceptions, negation } from '../../../../../../../electron/engine/cache/semantic/guards/polarity.ts'
import { guardTable } from '../../../../../../support/guard-table.ts'

guardTable(negation, [
  ['Why is the sky blue?', 'Why is the sky not blue?', 'only one has a negation: not'],
  ["Why doesn't it work?", 'Why does it not work?', undefined],
  ['Why cant I log in?', 'Why can I not log in?', undefined],
  ['Can I log in without a password?', 'Can I log in with a password?', 'only one has a negation: without'],
  ['Should I ever use goto?', 'Should I never use goto?', 'only one has a negation: not'],
  ['Is it good or not?', 'Is it good?', undefined],
])

guardTable(antonyms, [
  ['Turn the heating on', 'Turn the heating off', 'opposites: on and off'],
  ['How do I lock a table?', 'How do I unlock a table?', 'opposites: lock and unlock'],
  ['How do I increase the volume?', 'How do I decrease the volume?', 'opposites: increase and decrease'],
  ['Sort the list in ascending order', 'Sort the list in descending order', 'opposites: ascending and descending'],
  ['What do I do before surgery?', 'What do I do after surgery?', 'opposites: before and after'],
  ['Is it legal to record calls?', 'Is it illegal to record calls?', 'opposites: legal and illegal'],
  ['How do I raise a child?', 'How do I raise a kid?', undefined],
])

guardTable(exceptions, [
  ['List all planets', 'List all planets except Earth', 'only one has an exception: except'],
  ['Which foods should I eat?', 'Which foods should I avoid?', 'only one has an exception: avoid'],
  ['How do I stop spam?', 'How do I prevent spam?', undefined],
])
