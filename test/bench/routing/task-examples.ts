/**
 * Prompts for the kinds of task that no labelled collection here holds, put together from phrases of our own. They teach a line over words and structure
 * what a request for a translation or a summary looks like; they say nothing about who answers it well.
 */
import type { Task } from '../../../shared/auto.ts'

const TOPICS =
  'the history of tea|remote work|a lost key|electric bicycles|a small bakery|the northern lights|learning the violin|urban gardens|a quarterly report|our refund policy|a robot and a fox|ocean currents|the first day at school|a football club|climate policy|a hiking trip|an old lighthouse|customer complaints|a new phone|public libraries|space travel|my grandmother|coffee beans|insurance claims|a job application|data privacy|winter tyres|a wedding|online courses|a mystery in a train'.split(
    '|',
  )
const LANGUAGES = 'German|French|Spanish|Japanese|Italian|Portuguese|Dutch|Polish|Chinese|Korean|Turkish|English|Swedish|Arabic'.split('|')
const PASSAGES = [
  'The committee met on Tuesday and agreed to postpone the vote until the new figures are in. Several members asked for a second opinion.',
  'Dear team, thank you for the quick reply. The parcel from Anna Keller, order 48213, arrived on 3 March but one cup was broken. Please advise.',
  'Rainfall in the valley has fallen by a third since 1990. Farmers have turned to drip irrigation, and some have given up maize altogether.',
  'Our service was down for forty minutes last night. The cause was a certificate that nobody had renewed; alarms went to an empty mailbox.',
  'The museum opens at nine and closes at six. Tickets cost 12 euros, children are free. Guided tours start every hour in the main hall.',
  'I have been using this vacuum cleaner for two months. It is quiet and light, but the battery barely lasts one floor and the app is useless.',
  'Revenue grew by eight percent to 4.2 million, driven by subscriptions. Costs rose faster, so the margin slipped. Management expects a calmer autumn.',
  'She opened the window, heard the sea, and knew that the letter would not come. The house was colder than she remembered.',
  'Contact: Mr. Lee Park, Harbour Street 5, Busan, phone 051-555-0172, email lee.park@example.org. He prefers to be called in the morning.',
  'The study followed 312 patients for two years. Those who walked daily slept better, although the effect was small and faded after winter.',
]
const TEMPLATES: Readonly<Partial<Record<Task, readonly string[]>>> = {
  translation: [
    'Translate the following text into {language}:\n\n{passage}',
    'Translate to {language}: {passage}',
    'How do you say "{topic}" in {language}?',
    'Please render this in natural {language}, keeping the tone:\n"{passage}"',
    '{passage}\n\nTranslate the above into {language}.',
    'You are a professional translator. Source: English. Target: {language}. Text: {passage}',
    'What is the {language} word for "{topic}"?',
    'Can you put this message into {language} for me? {passage}',
    'I need the following in {language}: {passage}',
    'Localize this message for customers who speak {language}: {passage}',
  ],
  summarising: [
    'Summarize the following text in two sentences:\n\n{passage} {passage2}',
    'Summarise this for a busy manager:\n{passage} {passage2}',
    'Give me the key points of this article as bullet points.\n\n{passage} {passage2}',
    'TL;DR please:\n{passage} {passage2}',
    '{passage} {passage2}\n\nWrite a short summary of the text above.',
    'Condense these meeting notes to the main decisions: {passage} {passage2}',
    'What are the main takeaways from the text below?\n{passage} {passage2}',
  ],
  extraction: [
    'Extract all names, dates and amounts from the text below and return them as JSON.\n\n{passage}',
    'From this message, pull out the order number and the customer name:\n{passage}',
    'List every email address and phone number in the following text.\n{passage}',
    'Return a JSON object with the fields "name", "date" and "topic". Text: {passage}',
    'Pull all names of people and places out of this paragraph: {passage}',
    'Which companies, dates and prices are mentioned here? {passage}',
    'Parse the following into a table with columns person, place, price:\n{passage}',
    'Find all entities in this paragraph. Output one per line.\n"{passage}"',
    'Given the document, fill in these fields: sender, date, request.\n{passage}',
  ],
  classification: [
    'Classify the sentiment of this review as positive, negative or neutral:\n"{passage}"',
    'Is the following message spam? Answer yes or no.\n{passage}',
    'Which category fits best: billing, shipping, returns, other?\n{passage}',
    'Label the topic of this text with one of: sports, politics, business, culture.\n{passage}',
    'Does this text mention {topic}? Reply with true or false only.\n{passage}',
    'Rate the urgency of this ticket from 1 to 5. Only the number.\n{passage}',
    'Detect the language of the following text: {passage}',
  ],
  creative: [
    'Write a short story about {topic}.',
    'Write a poem about {topic} in four stanzas.',
    'Come up with ten catchy names for a company around {topic}.',
    'Continue this story: {passage}',
    'Write a funny birthday speech that mentions {topic}.',
    'Draft a blog post of 600 words about {topic} with a warm tone.',
    'Write a dialogue between two friends about {topic}.',
    'Create a marketing slogan and a tweet for {topic}.',
    'Imagine a world where {topic} rules everything. Describe one day in it.',
    'Rewrite this so that it sounds more exciting: {passage}',
  ],
  chat: [
    'Hi, how are you today?',
    'hey',
    'thanks!',
    'thank you so much',
    'Hello!',
    'good evening',
    'that makes sense, thanks',
    'lol ok',
    'What should I cook tonight?',
    'how was your weekend?',
    'I had a long day because of {topic}.',
    'hello there! can you help me with {topic}?',
    'Thanks, that was great. What else should I know about {topic}?',
    'I feel a bit down because of {topic}. Any advice?',
    'What do you think about {topic}?',
    'Can you recommend something around {topic} for a weekend?',
    'Tell me a bit about {topic}, I am just curious.',
    'ok cool, and what about {topic}?',
    'I need to write to my landlord about {topic}. What would you say?',
    'Give me tips for {topic}.',
    'Should I be worried about {topic}?',
    'good morning, please help me plan my day around {topic}',
  ],
  code: [
    'Write a Python function that {job}.',
    'Fix this bug:\n```js\nfunction total(items) {\n  return items.reduce((a, b) => a + b.price)\n}\n```\nIt returns a string.',
    'How do I {job} in TypeScript?',
    'Write a SQL query that {job}.',
    'Refactor the following class to use composition:\n```python\nclass Report(Base):\n    def run(self):\n        return self.load() + 1\n```',
    'I get "TypeError: undefined is not a function" when I {job}. Why?',
    'Write unit tests for a function that {job}.',
    'Explain what this code does:\n```rust\nlet x: Vec<_> = input.lines().map(|l| l.len()).collect();\n```',
    'Write a bash script which {job}.',
    'Why does my program crash when it {job}?',
    'git says there are conflicts, how do I fix them?',
    'Convert this code so that it {job}: const x = await load(path); if (x.error) throw x.error; use(x)',
    'docker build fails at the npm install step with a permission error',
    'What is the best way to {job} in Go?',
    'Review this pull request: it should {job} but the tests fail with exit code 1.',
    'Create a React component that {job}.',
    'Optimize this loop, it is O(n^2):\nfor i in range(len(a)):\n    for j in range(len(a)):\n        if a[i] == a[j]: c += 1',
  ],
  maths: [
    'What is {a} * {b}?',
    'Solve for x: {a}x + {b} = {c}.',
    'Compute the integral of x^{a} from 0 to {b}.',
    'If a train goes {a} km in {b} minutes, how fast is it?',
    'Prove that the sum of two odd numbers is even.',
    'What is the probability of rolling at least one six with {a} dice?',
    'Simplify \\frac{{a}}{{b}} + \\sqrt{{c}}.',
    'Find the derivative of f(x) = {a}x^3 - {b}x.',
    'A shop gives {a} % off {b} dollars. What is the price?',
  ],
  reasoning: [
    'Anna is taller than Ben, Ben is taller than Carla. Who is the shortest? Explain your steps.',
    'There are {a} boxes; exactly one label is right. Which box should I open first?',
    'If all A are B and some B are C, are some A C? Think step by step.',
    'Plan a schedule for {a} people and {b} rooms so that nobody meets twice. Constraints: mornings only.',
    'Which of these arguments about {topic} has a logical flaw, and why?',
    'Compare the pros and cons of {topic} and decide what is better for a family of {a}. Justify each step.',
    'Five friends sit in a row. Dan does not sit next to Eve. Who sits in the middle?',
    'Why might {topic} lead to higher prices? Reason about causes and effects.',
  ],
  knowledge: [
    'Who invented the telephone?',
    'What is the function of the liver?',
    'Who was the first person on the moon?',
    'What is photosynthesis?',
    'How many countries are in Africa?',
    'Which river flows through Vienna?',
    'What is the difference between a virus and a bacterium?',
    'Why is the sky blue?',
    'What does a central bank do?',
    'What is the capital of Australia?',
    'When did {topic} become popular in Europe?',
    'Explain the difference between mitosis and meiosis.',
    'What causes {topic}?',
    'What are the symptoms of iron deficiency?',
    'Define opportunity cost.',
    'Who wrote the book about {topic}?',
    'How does a heat pump work?',
    'What does the term inflation mean in economics?',
  ],
}
const JOBS =
  'merges two sorted lists|reads a CSV file and prints the largest value|parses dates|counts words per line|calls a REST API with retries|validates an email address|finds duplicates in a table|sorts objects by a nested key|renders a list with pagination|renames all files in a folder|deep clones an object|computes the moving average of a column'.split(
    '|',
  )
const ROUNDS = 12

/** The same list each time. */
export function taskExamples(): readonly { readonly task: Task; readonly prompt: string }[] {
  const made: { task: Task; prompt: string }[] = []
  let turn = 0
  const pick = <T>(list: readonly T[], step: number): T => list[(turn * step + Math.floor(turn / list.length)) % list.length] as T
  for (const [task, templates] of Object.entries(TEMPLATES)) {
    for (let round = 0; round < ROUNDS; round++) {
      for (const template of templates) {
        turn++
        const fillings: Readonly<Record<string, string>> = {
          topic: pick(TOPICS, 7),
          language: pick(LANGUAGES, 5),
          passage: pick(PASSAGES, 3),
          passage2: pick(PASSAGES, 9),
          job: pick(JOBS, 5),
          a: String(2 + ((turn * 7) % 48)),
          b: String(3 + ((turn * 13) % 95)),
          c: String(10 + ((turn * 29) % 890)),
        }
        made.push({ task: task as Task, prompt: template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => fillings[name] ?? whole) })
      }
    }
  }
  const unique = new Map(made.map((example) => [example.prompt, example]))
  return [...unique.values()]
}
