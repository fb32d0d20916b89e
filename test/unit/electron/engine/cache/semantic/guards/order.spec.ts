import { comparatives, direction, order } from '../../../../../../../electron/engine/cache/semantic/guards/order.ts'
import { guardTable } from '../../../../../../support/guard-table.ts'

guardTable(order, [
  ['Is Java better than Kotlin?', 'Is Kotlin better than Java?', 'order differs: java, better'],
  ['Convert euros to dollars', 'Convert dollars to euros', 'order differs: eur, usd'],
  ['Did Ann pay Bob?', 'Did Bob pay Ann?', 'order differs: ann, pay'],
  ['Do cats chase dogs?', 'Do dogs chase cats?', 'order differs: cats, chase'],
  ['What do tea and coffee have in common?', 'What do coffee and tea have in common?', undefined],
  ['In Kotlin, what is the difference between val and var?', 'What is the difference between val and var in Kotlin?', undefined],
  ['How do I raise my test coverage?', 'How do I raise my coverage of tests?', undefined],
  ['What is the tallest mountain in Asia?', 'Which mountain in Asia is the tallest?', undefined],
  ['Did Ann buy the house?', 'Was the house bought by Ann?', undefined],
])

guardTable(direction, [
  ['Flights from Rome', 'Flights to Rome', '"rome" plays another part: from and to'],
  ['Translate from Latin to Greek', 'Translate to Greek from Latin', undefined],
  ['Did Ann see the dog?', 'Was Ann seen by the dog?', 'only one says by whom or by what'],
  ['Did Ann see the dog?', 'Was the dog seen by Ann?', undefined],
  ['How do I read a file line by line?', 'How do I read a file by lines?', '"line" plays another part: to and by'],
])

guardTable(comparatives, [
  ['What is a fast way to sort?', 'What is the fastest way to sort?', 'only one compares: fastest'],
  ['Which phone is cheaper?', 'Which phone is better?', 'only one compares: cheaper'],
  ['Who is a teacher?', 'Who is a writer?', undefined],
  ['What is of interest?', 'What is at rest?', undefined],
])
