/**
 * What people say around a question without asking anything else by it: greetings, politeness, and the many ways to open a "how to". Each rule is a pattern
 * and what stands for it, applied in this order to text without code and quotations. A rule may only join wordings that one answer serves.
 */
interface Rule {
  readonly name: string
  readonly pattern: RegExp
  readonly becomes: string
}

const ASKER = '(?:i|you|we|one|someone|somebody|anyone|a person|people)'
const CAN = '(?:do|can|could|should|would|does|must|may|might|shall|to)'
const WAYS = '(?:way|ways|method|methods|steps|procedure|process|approach|approaches)'

const CONTRACTIONS: readonly Rule[] = [
  { name: 'b/w', pattern: /\bb\/w\b/gi, becomes: 'between' },
  { name: 'w/o', pattern: /(?<=^|\s)w\/o(?=\s)/gi, becomes: 'without' },
  { name: 'w/', pattern: /(?<=^|\s)w\/ ?(?=\w)/gi, becomes: 'with ' },
  { name: 'typographic apostrophe', pattern: /[‘’ʼ`´]/g, becomes: "'" },
  { name: "can't", pattern: /\b(ca)n'?t\b/gi, becomes: 'can not' },
  { name: "won't", pattern: /\bwon't\b/gi, becomes: 'will not' },
  { name: "shan't", pattern: /\bshan't\b/gi, becomes: 'shall not' },
  { name: "ain't", pattern: /\bain't\b/gi, becomes: 'is not' },
  { name: "don't written without its apostrophe", pattern: /\b(do|does|did|is|are|was|were|should|would|could|has|have|had)nt\b/gi, becomes: '$1 not' },
  { name: "n't", pattern: /\b(\w+)n't\b/gi, becomes: '$1 not' },
  { name: 'cannot', pattern: /\bcannot\b/gi, becomes: 'can not' },
  { name: "let's", pattern: /\blet's\b/gi, becomes: 'let us' },
  { name: "I'm", pattern: /\bi'?m\b/gi, becomes: 'i am' },
  { name: "'re", pattern: /\b(you|we|they|who|what|there)'re\b/gi, becomes: '$1 are' },
  { name: "'ve", pattern: /\b(\w+)'ve\b/gi, becomes: '$1 have' },
  { name: "'ll", pattern: /\b(\w+)'ll\b/gi, becomes: '$1 will' },
  { name: "I'd", pattern: /\b(i|you|we|they|he|she)'d\b/gi, becomes: '$1 would' },
  { name: "what's", pattern: /\b(what|who|where|when|how|why|that|there|here|it|he|she)'s\b/gi, becomes: '$1 is' },
  { name: 'whats', pattern: /\b(what|how|who|where)s\b/gi, becomes: '$1 is' },
  { name: 'what are written as one', pattern: /\bwhat(?:re| r)\b/gi, becomes: 'what are' },
]

const FRAMING: readonly Rule[] = [
  {
    name: 'greeting',
    pattern:
      /^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?: (?:there|all|everyone|team|folks|assistant|guys|chat ?gpt|claude|gemini))?\s*[,.!:-]\s*/i,
    becomes: '',
  },
  {
    name: 'quick question',
    pattern: /^\s*(?:quick|short|just a|simple|one|another|a)? ?(?:quick |simple |short |silly |dumb )?(?:question|one)\s*[,:.-]\s*/i,
    becomes: '',
  },
  {
    name: 'topic before the question',
    pattern: /^\s*[\p{L}\d][\p{L}\d &.-]{1,30}:\s+(?=(?:what|why|how|who|when|where|which|is|are|do|does|did|can|could|should|will|would)\b)/iu,
    becomes: '',
  },
  {
    name: 'opening particle',
    pattern: /^\s*(?:so|ok|okay|well|um|right|also|and|but|please|kindly|just|basically|honestly|seriously|anyway|say)\b\s*,?\s+/i,
    becomes: '',
  },
  {
    name: 'I was wondering',
    pattern:
      /^\s*(?:i (?:was|am|have been) (?:just )?(?:wondering|curious|curious to know|trying to (?:find out|understand|figure out))|i wonder|just curious|out of curiosity)\s*[,:]?\s*(?:if |whether |about )?/i,
    becomes: '',
  },
  {
    name: 'I would like to know',
    pattern:
      /^\s*i(?: would|'d)? (?:really )?(?:like|love|want|need|have|wish) to (?:know|ask|understand|find out|learn)\s*[,:]?\s*(?=what|why|how|who|when|where|which|if|whether|about)/i,
    becomes: '',
  },
  {
    name: 'can you tell me',
    pattern:
      /^\s*(?:can|could|would|will|may|might) (?:you|anyone|someone|somebody|anybody|i)(?: all| guys)?(?: please| kindly)?,? (?:(?=(?:tell|explain|show|give|help|describe|write|list|suggest|recommend|translate|convert|summari[sz]e|provide|name|share|let|compare|calculate|create|generate)\b)|(?:get|have|know)(?= (?:an? )?(?:explanation|list|answer)))/i,
    becomes: '',
  },
  { name: 'would you mind', pattern: /^\s*(?:would|do) you mind (?:please )?/i, becomes: '' },
  {
    name: 'do you know',
    pattern:
      /^\s*(?:do|does) (?:you|anyone|anybody|someone|any of you) (?:happen to )?(?:know|have any idea|remember) (?:about )?(?=what|why|how|who|when|where|which|if|whether)/i,
    becomes: '',
  },
  {
    name: 'please help me',
    pattern: /^\s*(?:please )?help me (?:to )?(?:understand|figure out|learn|find out) (?=what|why|how|who|when|where|which)/i,
    becomes: '',
  },
  {
    name: 'tell me',
    pattern:
      /^\s*(?:please )?(?:tell|explain|describe|show|teach|remind)(?: to)?(?: me| us)?(?: about)?(?: in your own words)?,? (?=(?:what|why|how|who|when|where|which|whether|if)\b)/i,
    becomes: '',
  },
  { name: 'let me know', pattern: /^\s*(?:please )?let me know (?=what|why|how|who|when|where|which|if|whether)/i, becomes: '' },
  { name: 'in your opinion', pattern: /^\s*(?:in your (?:own )?(?:opinion|view|experience)|according to you|for you)\s*,?\s+/i, becomes: '' },
  { name: 'closing opinion', pattern: /,?\s+(?:in your (?:own )?opinion|according to you)\s*(?=[?.!]*\s*$)/i, becomes: '' },
  { name: 'do you think', pattern: /^(\s*(?:what|who|which|why|how|when|where)\b.{0,40}?) do you (?:think|believe|suppose) (?=\w)/i, becomes: '$1 ' },
  {
    name: 'closing thanks',
    pattern:
      /[,.;!?\s]+(?:please|thanks|thank you|thx|many thanks|thanks a lot|thank you so much|thanks in advance|cheers|asap)(?: very much| so much)?\s*[.!?]*\s*$/i,
    becomes: '?',
  },
  {
    name: 'closing plea',
    pattern:
      /[,.;!?\s]+(?:please|can you|could you|will you)?\s*(?:help|advise|suggest|explain|answer|share)(?: me| us)?(?: (?:out|with this))?\s*(?:please)?\s*[.!?]+\s*$/i,
    becomes: '?',
  },
  { name: 'or not', pattern: /\bor not(?=\s*[?.!]*\s*$)/i, becomes: '' },
  { name: 'is it true that', pattern: /^\s*is it (?:really )?(?:true|a fact|the case) that\s+/i, becomes: 'is it true ' },
]

const HOW_TO: readonly Rule[] = [
  {
    name: 'how do I',
    pattern: new RegExp(`\\bhow (?:exactly |best |else )?${CAN} ${ASKER} (?:best |go about |be able to |actually |possibly |even )?(?=\\w)`, 'gi'),
    becomes: 'how to ',
  },
  { name: 'how do I go about', pattern: /\bhow to go about (\w+)ing\b/gi, becomes: 'how to $1' },
  {
    name: 'best way to',
    pattern: new RegExp(
      `\\b(?:what|which)(?: is| are| would be| will be| could be)?(?: the| some| some of the| a| your| possible| any)*(?: best| good| right| proper| correct| possible| different| other| most effective| effective| various| better)* ${WAYS} (?:to|of|for|in which ${ASKER} can|that ${ASKER} can|${ASKER} can|by which ${ASKER} can)(?= \\w)`,
      'gi',
    ),
    becomes: 'how to',
  },
  {
    name: 'what should I do to',
    pattern: new RegExp(
      `\\bwhat (?:all |else )?(?:should|can|could|must|shall|do|would|to)(?: ${ASKER})?(?: need| have)?(?: to)? do(?: in order)? to(?= \\w)`,
      'gi',
    ),
    becomes: 'how to',
  },
  {
    name: 'a way to',
    pattern: new RegExp(`^\\s*(?:give me |show me |tell me |suggest )?(?:the |a |some |any )?(?:best |good |right |proper )?${WAYS} (?:to|of)(?= \\w)`, 'gi'),
    becomes: 'how to',
  },
  { name: 'how is it possible to', pattern: /\bhow (?:is it|it is) possible to\b/gi, becomes: 'how to' },
]

const OTHER_FRAMES: readonly Rule[] = [
  {
    name: 'the reason why',
    pattern:
      /\bwhat(?: is| are| was| were| could be| can be| would be)?(?: the| some| possible| main| real| exact| some of the)* (?:reason|reasons|cause)(?: why| that| behind| for)?(?= \w)/gi,
    becomes: 'why',
  },
  { name: 'why is it that', pattern: /\bwhy (?:is it|it is)(?: so)? that\b/gi, becomes: 'why' },
  { name: 'how come', pattern: /\bhow come\b/gi, becomes: 'why' },
  { name: 'for what reason', pattern: /\bfor what reasons?\b/gi, becomes: 'why' },
  { name: 'what is meant by', pattern: /\bwhat (?:is|are) meant by (?:the (?:term|word|phrase) )?/gi, becomes: 'meaning of ' },
  {
    name: 'what does it mean',
    pattern:
      /\bwhat (?:does|do|did) (?!it\b|that\b|this\b|you\b|i\b)(?:the (?:term|word|phrase|name) )?([^?.!]{1,60}?) (?:mean|stand for|signify)(?=\s*(?:[?.!,]|$| in\b))/gi,
    becomes: 'meaning of $1',
  },
  {
    name: 'what is the meaning of',
    pattern: /\b(?:what (?:is|are) )?(?:the )?(?:meaning|definition|meanings)(?: of| for)(?: the (?:term|word|phrase))?(?= \S)/gi,
    becomes: 'meaning of',
  },
  {
    name: 'how is A different from B',
    pattern: /\bhow (?:is|are|does|do) ([^?.!]{1,80}?) (?:different|differ|differs|distinguished|distinct) (?:from|than|to)\b/gi,
    becomes: 'difference between $1 and',
  },
  {
    name: 'what makes A different from B',
    pattern: /\bwhat makes ([^?.!]{1,80}?) (?:different|differ|distinct) (?:from|than|to)\b/gi,
    becomes: 'difference between $1 and',
  },
  {
    name: 'the difference between',
    pattern: /\bwhat(?: is| are)?(?: the| some| main| major| key| basic| real| actual| exact)* differences? (?:between|of|among)\b/gi,
    becomes: 'difference between',
  },
  {
    name: 'is there a difference between',
    pattern: /^\s*(?:is|are) there (?:really )?(?:a|any|some)?(?: real| actual| big)* differences? between\b/gi,
    becomes: 'difference between',
  },
  { name: 'the number of', pattern: /\bwhat (?:is|are) the (?:total )?number of\b/gi, becomes: 'how many' },
  { name: 'how much time', pattern: /\bhow much time\b/gi, becomes: 'how long' },
  { name: 'the price of', pattern: /\bwhat (?:is|are) the (?:price|cost) of\b/gi, becomes: 'how much cost' },
  { name: 'what can be', pattern: /\bwhat (?:can|could|will|would|may|might|should|shall) be\b/gi, becomes: 'what is' },
  { name: 'what are some of the', pattern: /\bwhat(?: is| are| were| was)?(?: the| some| some of the| a few| few)+(?: of the)?(?= \w)/gi, becomes: 'what is' },
  { name: 'which are the', pattern: /\bwhich(?: one)? (?:is|are)(?: the| some| some of the)*(?= \w)/gi, becomes: 'what is' },
  { name: 'in order to', pattern: /\bin order to\b/gi, becomes: 'to' },
  { name: 'are you able to', pattern: /\b(?:are|is) (you|i|we|one|it) able to\b/gi, becomes: 'can $1' },
  {
    name: 'is it possible to',
    pattern: /\b(?:is|would) it (?:be )?(?:even )?possible (?:for (?:me|us|you|someone|a person|one) )?(?:to|that i can|that you can)\b/gi,
    becomes: 'can i',
  },
  {
    name: 'is there a way to',
    pattern: /\b(?:is|are) there (?:a|any|some)?(?: other| good| easy)? ?(?:way|ways|method|possibility)(?: for me| i can| that i can| of)? ?(?:to)?\b/gi,
    becomes: 'can i',
  },
]

const TASKS: readonly Rule[] = [
  {
    name: 'explain',
    pattern:
      /^\s*(?:explain|describe|define|tell me about|give me (?:an explanation|an overview|a description) of|talk about)(?: to me)?(?: briefly| in detail| in short| simply)? (?=(?:the|a|an|your|my)\b|\w+\s*[?.!]?$)/i,
    becomes: 'what is ',
  },
  { name: 'give me the', pattern: /^\s*(?:tell|give|show|name|list)(?: me| us)? (?:the|some|a few) (?!(?:list|way|difference)\b)/i, becomes: 'what is the ' },
  { name: 'translate', pattern: /\bhow (?:to|do you|does one|would you) say (.{1,80}?) in (?=\p{L}+\s*[?.!]*$)/giu, becomes: 'translate $1 to ' },
  {
    name: 'the French for',
    pattern: /^what is the (\p{Lu}\p{L}+) (?:word |translation |phrase |expression )?(?:for|of) (.{1,80}?)\s*([?.!]*)$/u,
    becomes: 'translate $2 to $1$3',
  },
  { name: 'translate into', pattern: /\btranslate (.{1,200}?) (?:in|into)(?: the)? (?=\p{L}+(?: language)?\s*[?.!]*$)/giu, becomes: 'translate $1 to ' },
  {
    name: 'how many km is 5 miles',
    pattern: /\bhow (?:many|much) ([\p{L}°]+) (?:is|are|in|are in|are there in|equals?|make|makes|would be) (\d[\d.,]* ?\p{L}+(?: \p{L}+)?)(?=\s*[?.!]*$)/giu,
    becomes: 'convert $2 to $1',
  },
  {
    name: '5 miles is how many km',
    pattern: /^\s*(\d[\d.,]* ?\p{L}+(?: \p{L}+)?) (?:is|are|equals?|to|in|=)(?: how (?:many|much))? (\p{L}+)(?=\s*[?.!]*$)/giu,
    becomes: 'convert $1 to $2',
  },
  { name: 'what is 5 miles in km', pattern: /^\s*what is (\d[\d.,]* ?\p{L}+(?: \p{L}+)?) in (?=\p{L}+\s*[?.!]*$)/giu, becomes: 'convert $1 to ' },
]

const RULES: readonly Rule[] = [...CONTRACTIONS, ...FRAMING, ...HOW_TO, ...OTHER_FRAMES, ...TASKS]

/** "What's" and "what is" are one text. */
export function expandContractions(text: string): string {
  let now = text.normalize('NFC')
  for (const { pattern, becomes } of CONTRACTIONS) now = now.replace(pattern, becomes)
  return now
}

/** Text in the wording that is compared. */
export function reword(text: string): string {
  let now = text.replace(/\s+/g, ' ').trim()
  for (const { pattern, becomes } of RULES) now = now.replace(pattern, becomes)
  return now.trim()
}
