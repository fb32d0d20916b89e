import { ending, frame, modality, owners, pronouns, scope, times } from '../../../../../../../electron/engine/cache/semantic/guards/meaning.ts'
import { guardTable } from '../../../../../../support/guard-table.ts'

guardTable(frame, [
  ['What is recursion?', 'Why is recursion?', 'asked for differently: what and why'],
  ['When was it built?', 'Where was it built?', 'asked for differently: when and where'],
  ['Who wrote it?', 'Why was it written?', 'asked for differently: who and why'],
  ['How do I lose weight?', 'What is the best way to lose weight?', undefined],
  ['How do I lose weight?', 'What should I do to lose weight?', undefined],
  ['Why is the sky blue?', 'What is the reason the sky is blue?', undefined],
  ['How come the sky is blue?', 'Why is the sky blue?', undefined],
  ['What does SLA mean?', 'What is the meaning of SLA?', undefined],
  ['How is TCP different from UDP?', 'What is the difference between TCP and UDP?', undefined],
  ['Symptoms of flu?', 'What are the symptoms of flu?', undefined],
  ['How many people live there?', 'How long do people live there?', 'asked for differently: how-many and how-long'],
  ['Should votes be secret? Why?', 'Why should votes be secret?', 'asked for differently: yes-no + why and why'],
  ['Is there a difference between TCP and UDP?', 'What is the difference between TCP and UDP?', undefined],
  ['What are the cost differences between rail and road?', 'What is the difference between rail and road?', undefined],
  ['What is the difference b/w TCP and UDP?', 'What is the difference between TCP and UDP?', undefined],
  ['Could you tell me what recursion is?', 'What is recursion?', undefined],
])

guardTable(scope, [
  ['List the primes below 50', 'List only the primes below 50', 'only one has scope words: only'],
  ['Delete the files in this folder', 'Delete all the files in this folder', 'only one has scope words: all'],
])

guardTable(owners, [
  ['Review my essay', 'Review your essay', 'whose differ: mine and yours'],
  ['How do I clean my car?', 'How do you clean your car?', undefined],
  ['Where is the office?', 'Where is your office?', 'only one has whose: yours'],
])

guardTable(pronouns, [
  ['Is he right?', 'Is she right?', 'pronouns differ: he and she'],
  ['Should I call him?', 'Should I call her?', 'pronouns differ: he and her'],
  ['How do bees make their honey?', 'How do bees make honey?', 'only one has pronouns: their'],
])

guardTable(times, [
  ['Is Ann a teacher?', 'Did Ann use to be a teacher?', 'only one has time: past, once'],
  ['Is Ann a teacher?', 'Is Ann becoming a teacher?', 'only one has time: becoming'],
  ['Who is the king of Spain?', 'Who was the king of Spain?', 'only one has time: past'],
  ['Does it rain?', 'Will it rain?', 'only one has time: future'],
  ['How do I get used to the cold?', 'How to get used to the cold?', undefined],
])

guardTable(modality, [
  ['Can I eat this?', 'Should I eat this?', 'modality differ: can and should'],
  ['Can I eat this?', 'Could I eat this?', undefined],
  ['How can I fix this?', 'How should I fix this?', undefined],
])

guardTable(ending, [
  ['What is a hash?', 'What is a hash for?', 'only one ends with "for"'],
  ['Who taught?', 'Who taught you?', 'only one ends with "you"'],
  ['What is a hash for?', 'A hash is for what?', 'only one ends with "for"'],
  ['What is a hash used for?', 'What is a hash needed for?', undefined],
])
