import { dates, numbers, units } from '../../../../../../../electron/engine/cache/semantic/guards/amounts.ts'
import { guardTable } from '../../../../../../support/guard-table.ts'

guardTable(numbers, [
  ['Convert 5 miles to km', 'Convert 6 miles to km', 'numbers differ: 5 and 6'],
  ['What is 1,000 in Roman numerals?', 'What is 1000 in Roman numerals?', undefined],
  ['What is 1,00,000 in words?', 'What is 100000 in words?', undefined],
  ['How much is 3,5 kg in pounds?', 'How much is 3.5 kg in pounds?', undefined],
  ['What is new in Python 3.1?', 'What is new in Python 3.10?', 'numbers differ: 3.1 and 3.10'],
  ['Give me three ideas for dinner', 'Give me 3 ideas for dinner', undefined],
  ['Give me twenty five names', 'Give me 25 names', undefined],
  ['Give me three ideas for dinner', 'Give me four ideas for dinner', 'numbers differ: 3 and 4'],
  ['A salary of 10k a year', 'A salary of 10000 a year', undefined],
  ['What is 2 million divided by 4?', 'What is 2000000 divided by 4?', undefined],
  ['Who was the 2nd president?', 'Who was the second president?', undefined],
  ['Who was the 2nd president?', 'Who was the third president?', 'numbers differ: 2th and 3th'],
  ['What is error 404?', 'What is error 403?', 'numbers differ: 404 and 403'],
  ['Is 15% a good tip?', 'Is 20% a good tip?', 'numbers differ: 15 and 20'],
  ['How do I reset my iphone7?', 'How do I reset my iphone 7?', undefined],
  ['Summarise ticket ABC_1042', 'Summarise ticket ABC_1043', 'numbers differ: 1042 and 1043'],
  ['Is 192.168.0.1 private?', 'Is 192.168.1.1 private?', 'numbers differ: 192.168.0.1 and 192.168.1.1'],
  ['What should I do?', 'What is the one thing I should do?', undefined],
])

guardTable(units, [
  ['How far is 5 km?', 'How far is 5 kilometres?', undefined],
  ['How far is 5km?', 'How far is 5 kilometers?', undefined],
  ['How far is 5 km?', 'How far is 5 miles?', 'units differ: kilometre and mile'],
  ['Is $100 a lot?', 'Is 100 dollars a lot?', undefined],
  ['Is $100 a lot?', 'Is €100 a lot?', 'units differ: usd and eur'],
  ['Heat it to 180 celsius', 'Heat it to 180 fahrenheit', 'units differ: celsius and fahrenheit'],
  ['A pause of 200 ms', 'A pause of 200 seconds', 'units differ: millisecond and second'],
  ['Is 16 GB of memory enough?', 'Is 16 gigabytes of memory enough?', undefined],
  ['Is 16 GB of memory enough?', 'Is 16 MB of memory enough?', 'units differ: gigabyte and megabyte'],
])

guardTable(dates, [
  ['What happened in March 1989?', 'What happened in April 1989?', 'dates differ: march and april'],
  ['What happened in Sept 1989?', 'What happened in September 1989?', undefined],
  ['Is the shop open on Monday?', 'Is the shop open on Tuesday?', 'dates differ: monday and tuesday'],
  ['May I enter?', 'Can I enter?', undefined],
  ['Is it cold in May?', 'Is it cold in June?', 'dates differ: may and june'],
  ['Set an alarm for 7 am', 'Set an alarm for 7 pm', 'dates differ: am and pm'],
])
