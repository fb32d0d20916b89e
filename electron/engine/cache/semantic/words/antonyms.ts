/** Pairs of which one reverses the other. Written by hand from everyday requests to assistants; stems are compared, so one form of a word is enough. */
const PAIRS = `
on off; enable disable; lock unlock; open close; increase decrease; increase reduce; raise lower; rise fall; start stop; begin end; begin finish; start finish; start end;
add remove; add delete; add subtract; insert delete; create delete; create destroy; install uninstall; import export; encode decode; encrypt decrypt; compress decompress;
compress extract; zip unzip; pack unpack; upload download; push pull; connect disconnect; attach detach; mount unmount; bind unbind; subscribe unsubscribe; follow unfollow;
block unblock; mute unmute; hide show; hide unhide; show hide; expand collapse; minimise maximise; minimize maximize; min max; minimum maximum; least most; fewest most;
less more; fewer more; smaller larger; smaller bigger; smallest largest; smallest biggest; small big; small large; shorter longer; shortest longest; short long; short tall;
shorter taller; shortest tallest; low high; lower higher; lower upper; lowest highest; slow fast; slower faster; slowest fastest; slow quick; slow speed; early late; earlier later;
earliest latest; oldest newest; old new; old young; older younger; older newer; oldest youngest; first last; next previous; before after; ascending descending; asc desc;
forward backward; forwards backwards; up down; above below; over under; inside outside; in out; into out; indoor outdoor; internal external; input output; inbound outbound;
incoming outgoing; arrive depart; arrival departure; enter exit; enter leave; come go; join leave; login logout; buy sell; lend borrow; rent buy; gain lose; gain loss; win lose;
earn spend; deposit withdraw; credit debit; profit loss; income expense; import export; send receive; give take; give receive; teach learn; ask answer; accept reject;
accept decline; accept refuse; allow deny; allow forbid; allow prevent; allow block; permit forbid; permit prohibit; approve reject; include exclude; save load; read write;
serialise deserialise; serialize deserialize; build break; build demolish; assemble disassemble; repair break; fix break; love hate; like dislike; like hate; good bad; better worse; best worst;
positive negative; advantage disadvantage; pro con; benefit drawback; benefit risk; strength weakness; true false; right wrong; right left; correct incorrect; valid invalid;
legal illegal; safe unsafe; safe dangerous; healthy unhealthy; happy sad; happy unhappy; rich poor; cheap expensive; cheapest expensive; easy hard; easy difficult; easiest hardest; simple complex;
hot cold; warm cool; heat cool; wet dry; light dark; light heavy; bright dark; day night; morning evening; north south; east west; male female; man woman; men women; boy girl;
husband wife; mother father; mom dad; son daughter; brother sister; boyfriend girlfriend; king queen; parent child; public private; local remote; static dynamic;
synchronous asynchronous; sync async; client server; manual automatic; even odd; rational irrational; real fake; real imaginary; alive dead; live die; birth death; born die; marry divorce;
sleep wake; awake asleep; empty full; fill empty; strong weak; hard soft; rough smooth; thick thin; fat thin; wide narrow; deep shallow; near far; always never; everyone nobody; all none;
any none; everything nothing; many few; with without; for against; success failure; succeed fail; pass fail; war peace; friend enemy; love hatred; pride shame; theist atheist; liberal conservative;
democrat republican; left-wing right-wing; introvert extrovert; optimist pessimist; major minor; majority minority; superior inferior; senior junior; majority minority; ancient modern;
domestic international; urban rural; natural artificial; natural synthetic; organic inorganic; singular plural; active passive; active inactive; subject object; singular plural; vertical horizontal; row column;
numerator denominator; cause effect; cause prevent; cause cure; problem solution; question answer; supply demand; employer employee; teacher student; doctor patient; buyer seller; lender borrower;
landlord tenant; winner loser; attack defend; offense defense; offence defence; gain lose; attract repel; appear disappear; freeze melt; freeze thaw; boil freeze; float sink; inhale exhale; grow shrink; expand contract;
stretch shrink; tighten loosen; strengthen weaken; improve worsen; accelerate decelerate; promote demote; hire fire; praise criticise; reward punish; agree disagree; trust distrust; respect disrespect; remember forget;
visible invisible; possible impossible; necessary unnecessary; known unknown; limited unlimited; paid unpaid; paid free; free expensive; regular irregular; formal informal; direct indirect; dependent independent;
mutable immutable; signed unsigned; blocking nonblocking; relative absolute; lossy lossless; horizontal vertical; virtual physical; online offline; hardware software; theory practice; fiction nonfiction; abstract concrete;
summer winter; spring autumn; sunrise sunset; breakfast dinner; lunch dinner; today tomorrow; today yesterday; tomorrow yesterday; past future; present past; present future; temporary permanent;
append prepend; prefix suffix; head tail; top bottom; front back; leading trailing; uppercase lowercase; enqueue dequeue; allocate free; acquire release; grant revoke; merge split; join split; commit rollback;
upgrade downgrade; overfitting underfitting; supervised unsupervised; precision recall; inflation deflation; bull bear; asset liability; import export; immigrant emigrant; immigration emigration
`

const sides = new Map<string, Set<string>>()
for (const pair of PAIRS.split(';')) {
  const [one, other] = pair.trim().split(/\s+/)
  if (one === undefined || other === undefined) continue
  for (const [word, against] of [
    [one, other],
    [other, one],
  ] as const) {
    const set = sides.get(word) ?? new Set<string>()
    sides.set(word, set.add(against))
  }
}

/** Prefixes that turn a word round: happy, unhappy. */
const REVERSING = ['un', 'in', 'im', 'il', 'ir', 'dis', 'non', 'mis', 'de', 'anti', 'a']

export function areAntonyms(one: string, other: string): boolean {
  return sides.get(one)?.has(other) === true || reverses(one, other) || reverses(other, one)
}

function reverses(shorter: string, longer: string): boolean {
  return shorter.length >= 4 && longer.length > shorter.length && longer.endsWith(shorter) && REVERSING.includes(longer.slice(0, -shorter.length))
}
