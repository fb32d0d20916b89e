import { describe, expect, it } from 'vitest'
import { objections, refuses } from '../../../../../../electron/engine/cache/semantic/gate.ts'
import { readQuestion } from '../../../../../../electron/engine/cache/semantic/reading.ts'

const passes = (a: string, b: string, tier: 'strict' | 'guarded'): boolean => !refuses(objections(readQuestion(a), readQuestion(b), tier), tier)

/** One answer would be wrong for the other. Written by hand for this test. */
const DIFFERENT: readonly (readonly [string, string])[] = [
  ['Solve x + 5 = 10', 'Solve x - 5 = 10'],
  ['What is the absolute value of 5?', 'What is the absolute value of -5?'],
  ['Is x > 5?', 'Is x < 5?'],
  ['What does 😂 mean?', 'What does 😭 mean?'],
  ['What does :) mean?', 'What does :( mean?'],
  ['What is 7 minus 3?', 'What is 3 minus 7?'],
  ['What is 2^10?', 'What is 2*10?'],
  ['Write a regex that matches one or more digits', 'Write a regex that matches zero or more digits'],
  ['Sort the array from high to low', 'Sort the array from low to high'],
  ['Translate this from English to German', 'Translate this from German to English'],
  ['How do I rebase main onto feature?', 'How do I rebase feature onto main?'],
  ['Does A depend on B?', 'Does B depend on A?'],
  ['Explain recursion to a child', 'Explain recursion to an expert'],
  ['Summarise the article in three sentences', 'Summarise the article in three bullet points'],
  ['Write the function in TypeScript', 'Write the function in JavaScript'],
  ['What is the car insurance for?', 'What is the care insurance for?'],
  ['What is sodium nitrate?', 'What is sodium nitrite?'],
  ['What is ethane used for?', 'What is ethene used for?'],
  ['What does malloc do?', 'What does calloc do?'],
  ['How do I use git pull?', 'How do I use git push?'],
  ['What is a GET request?', 'What is a PUT request?'],
  ['What is a GET request?', 'What is a request?'],
  ['How much is 100 USD in EUR?', 'How much is 100 EUR in USD?'],
  ['How many calories are in an apple?', 'How much sugar is in an apple?'],
  ['Can I mix bleach and vinegar?', 'Can I mix bleach and water?'],
  ['Is ibuprofen safe for dogs?', 'Is ibuprofen safe for cats?'],
  ['Is ibuprofen safe for dogs?', 'Is ibuprofen unsafe for dogs?'],
  ['How do I enable two-factor login?', 'How do I disable two-factor login?'],
  ['How do I show hidden files?', 'How do I hide files?'],
  ['Round 3.456 up', 'Round 3.456 down'],
  ['Who is the CEO of Apple?', 'Who is the CFO of Apple?'],
  ['Who was the first president of France?', 'Who was the last president of France?'],
  ['What is the capital of Guinea?', 'What is the capital of Equatorial Guinea?'],
  ['What is the population of Paris, Texas?', 'What is the population of Paris?'],
  ['Which versions of Node support fetch?', 'Which versions of Node do not support fetch?'],
  ['List the even numbers below 20', 'List the odd numbers below 20'],
  ['List prime numbers below 20', 'List prime numbers above 20'],
  ['List the files in the folder', 'List only the files in the folder'],
  ['Give me all users who logged in', 'Give me all users who never logged in'],
  ['What should I do before the interview?', 'What should I do after the interview?'],
  ['When did the war start?', 'When did the war end?'],
  ['When did the war start?', 'Why did the war start?'],
  ['How do I get someone to talk?', 'How do I get to talk?'],
  ['What is the fastest train?', 'What is the slowest train?'],
  ['Is Rust faster than Go?', 'Is Go faster than Rust?'],
  ['Is Rust faster than Go?', 'Is Rust slower than Go?'],
  ['Draft a mail to my landlord', 'Draft a mail from my landlord'],
  ['Review my code', 'Review your code'],
  ['Convert 30 C to F', 'Convert 30 F to C'],
  ['What is on port 8080?', 'What is on port 8081?'],
  ['Explain error E0502', 'Explain error E0499'],
  ['What changed in version 2.1.0?', 'What changed in version 2.1.1?'],
  ['What is RFC 2616?', 'What is RFC 2617?'],
  ['Wie heißt die Hauptstadt von Österreich?', 'Wie heißt die Hauptstadt von Australien?'],
  ['法国的首都是什么？', '意大利的首都是什么？'],
  ['Is he my uncle?', 'Is she my uncle?'],
  ['Write a poem about my mother', 'Write a poem about my father'],
  ['Should I take it with food?', 'Should I take it without food?'],
  ['Add a column to the table', 'Drop a column from the table'],
  ['Why does `a[0]` fail?', 'Why does `a[1]` fail?'],
  ['Write it in the active voice', 'Write it in the passive voice'],
  ['Use tabs for indentation', 'Use spaces for indentation'],
  ['Does the EU recognise it?', 'Does the US recognise it?'],
  ['Is the meeting at 3 pm?', 'Is the meeting at 3 am?'],
  ['How tall is the Eiffel Tower?', 'How old is the Eiffel Tower?'],
  ['What do employers want from employees?', 'What do employees want from employers?'],
  ['What is the best book by Orwell?', 'What is the best book about Orwell?'],
]

/** One answer serves both, and the same words say so. */
const SAME: readonly (readonly [string, string])[] = [
  ['How do I reverse a list in Python?', 'how to reverse a list in python'],
  ['What is a mutex?', 'Hi! Could you please tell me what a mutex is? Thanks'],
  ["What's the capital of Peru?", 'What is the capital of Peru?'],
  ['How do I organise my bookmarks?', 'How can I organize my bookmarks?'],
  ['What is the difference between a thread and a process?', 'How does a process differ from a thread?'],
  ['Is 1,000 m a kilometre?', 'Is 1000 m a kilometer?'],
  ['Explain closures', 'What are closures?'],
  ['Why is the sky blue?', 'What is the reason why the sky is blue?'],
  ['What does idempotent mean?', "What's the meaning of idempotent?"],
  ['How do you say "thank you" in Polish?', 'Translate "thank you" into Polish'],
  ['In SQL, how do I join two tables?', 'How do I join 2 tables in SQL?'],
  ['Was the telephone invented by Bell?', 'Did Bell invent the telephone?'],
  ['What are some ways to improve my spelling?', 'How can I improve my spelling?'],
  ['How many km are 5 miles?', 'Convert 5 miles to kilometres'],
  ['Which is the largest planet?', 'What is the biggest planet?'],
  ['how do i instal numpy', 'How do I install numpy?'],
  ['How do I set up a web site?', 'How do I set up a website?'],
]

/** Other words for the same: only behind an embedding. */
const SIMILAR: readonly (readonly [string, string])[] = [
  ['What is the best gadget for a long trip?', 'What is the best tool for long trips?'],
  ['How can I improve my handwriting?', 'How can I improve my handwriting quickly?'],
  ['Why do people prefer tea?', 'Why do most people prefer tea?'],
  ['What is the definiton of entropy?', 'What is the definition of entropy?'],
]

describe('the gate', () => {
  it.each(DIFFERENT)('serves neither tier’s answer: %s | %s', (a, b) => {
    expect([passes(a, b, 'strict'), passes(b, a, 'strict'), passes(a, b, 'guarded'), passes(b, a, 'guarded')]).toEqual([false, false, false, false])
  })

  it.each(SAME)('lets the strict tier serve: %s | %s', (a, b) => {
    expect([passes(a, b, 'strict'), passes(b, a, 'strict')]).toEqual([true, true])
  })

  it.each(SIMILAR)('lets only the guarded tier serve: %s | %s', (a, b) => {
    expect([passes(a, b, 'strict'), passes(a, b, 'guarded')]).toEqual([false, true])
  })
})
