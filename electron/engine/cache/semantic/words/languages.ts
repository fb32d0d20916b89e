/** Languages, spoken and programmed: "in French" and "in German" are two tasks, and so are Python and Go. */
const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

export const SPOKEN: ReadonlySet<string> = new Set(
  words(`
  afrikaans albanian amharic arabic armenian azerbaijani basque belarusian bengali bosnian bulgarian burmese cantonese catalan cebuano chinese croatian
  czech danish dutch english esperanto estonian farsi filipino finnish french galician georgian german greek gujarati hausa hawaiian hebrew hindi hmong
  hungarian icelandic igbo indonesian irish italian japanese javanese kannada kazakh khmer korean kurdish kyrgyz lao latin latvian lithuanian
  luxembourgish macedonian malagasy malay malayalam maltese mandarin maori marathi mongolian nepali norwegian pashto persian polish portuguese punjabi
  romanian russian samoan sanskrit serbian sindhi sinhala sinhalese slovak slovenian slovene somali spanish sundanese swahili swedish tagalog tajik
  tamil tatar telugu thai tibetan tigrinya turkish turkmen ukrainian urdu uzbek vietnamese welsh xhosa yiddish yoruba zulu castilian
`),
)

export const PROGRAMMED: ReadonlySet<string> = new Set(
  words(`
  ada apl assembly awk bash c c++ c# clojure cobol crystal css cuda d dart delphi elixir elm erlang f# fortran go golang graphql groovy haskell html
  java javascript js jsx julia kotlin latex less lisp lua matlab nim node node.js objective-c ocaml octave pascal perl php powershell prolog python r
  racket ruby rust sas sass scala scheme scss scratch shell sh smalltalk solidity sql svelte swift tcl terraform typescript ts tsx vb vba vb.net verilog
  vhdl visualbasic wasm webassembly xml xslt yaml zig zsh json csv tsv toml markdown .net
`),
)

/** Other names of the same language. */
export const SAME_LANGUAGE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    js: 'javascript',
    ts: 'typescript',
    golang: 'go',
    farsi: 'persian',
    slovene: 'slovenian',
    sinhalese: 'sinhala',
    castilian: 'spanish',
    'node.js': 'node',
    sh: 'shell',
  }),
)

/** Also plain words or letters: languages only when capitalised or behind "in", "into", "to", "using", "with". */
export const AMBIGUOUS: ReadonlySet<string> = new Set(
  words(
    'c d r go ada basic crystal dart elm julia less node polish latin racket ruby rust scheme scratch shell swift assembly sass pascal thai lao lisp d octave',
  ),
)
