/** Numbers written as words. "one" and "second" mean other things too often; they count only beside a unit or another number word. */
const CARDINALS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(' ')
const TENS = { thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 }
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  )

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map([
  ...CARDINALS.map((word, value): [string, number] => [word, value]),
  ...Object.entries(TENS),
  ['half', 0.5],
  ['dozen', 12],
  ['twice', 2],
  ['double', 2],
  ['thrice', 3],
  ['triple', 3],
  ['quadruple', 4],
])

export const MAGNITUDES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    hundred: 100,
    thousand: 1e3,
    k: 1e3,
    lakh: 1e5,
    lac: 1e5,
    lakhs: 1e5,
    million: 1e6,
    mn: 1e6,
    m: 1e6,
    crore: 1e7,
    crores: 1e7,
    billion: 1e9,
    bn: 1e9,
    b: 1e9,
    trillion: 1e12,
  }),
)

export const ORDINAL_WORDS: ReadonlyMap<string, number> = new Map(ORDINALS.map((word, value) => [word, value]))
