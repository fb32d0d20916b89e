/** Sample data: what the made-up clients ask and what the made-up providers answer. Written for the pictures; no model said any of it. */
export interface SampleTurn {
  readonly ask: string
  readonly answer: string
}

export const SAMPLE_TURNS: readonly SampleTurn[] = [
  {
    ask: 'Why does this retry loop give up one attempt too early?',
    answer:
      'The counter is raised **before** the first call, so three attempts are two calls and a failure.\n\n```ts\nfor (let attempt = 1; attempt <= most; attempt++) {\n  const answer = await call()\n  if (answer.ok) return answer\n}\n```\n\nCount after the call, or start at zero.',
  },
  {
    ask: 'Write a migration that adds an index on orders(customer_id, created_at).',
    answer:
      '```sql\nCREATE INDEX CONCURRENTLY orders_by_customer\n  ON orders (customer_id, created_at DESC);\n```\n\n`CONCURRENTLY` keeps writes going while it is built; it cannot run inside a transaction.',
  },
  {
    ask: 'Summarise the incident report in three bullet points.',
    answer:
      '- A certificate expired at 02:14 UTC; the proxy refused every new connection.\n- Existing connections went on, which hid the fault for eleven minutes.\n- Renewal is now checked daily and alerts two weeks ahead.',
  },
  {
    ask: 'Translate “the meeting was moved to Thursday” into German.',
    answer: 'Die Besprechung wurde auf Donnerstag verschoben.',
  },
  {
    ask: 'What is the difference between a mutex and a semaphore?',
    answer: 'A **mutex** has one owner, and only the owner unlocks it. A **semaphore** counts permits, and anybody may give one back.',
  },
  {
    ask: 'Extract name, date and amount from this invoice as JSON.',
    answer: '```json\n{ "name": "Fjord Paper AS", "date": "2026-10-03", "amount": "1 240.00 NOK" }\n```',
  },
  {
    ask: 'How would you explain a hash map to a musician?',
    answer:
      'Think of a piano. You do not search for a note; its *name* tells you which key to press. A hash map turns each name into a place, so finding takes one step however long the keyboard is.',
  },
  {
    ask: 'Review this function for race conditions.',
    answer:
      'Two callers can both read `undefined` and both start the load. Keep the **promise**, not the value:\n\n```ts\nloading ??= load()\nreturn await loading\n```\n\nThe second caller then waits for the first one’s work.',
  },
]
