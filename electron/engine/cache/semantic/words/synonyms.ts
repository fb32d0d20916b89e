/**
 * Words that may stand for one another in a question. Written by hand from general knowledge. Those of `SAME` never change what a right answer is, so the
 * strict tier uses them too; those of `NEAR` mostly do not, and count only where an embedding has proposed the candidate. Stems are compared.
 */
const SAME = `
begin start commence; buy purchase; big large huge; fast rapid speedy quick quickly; fastest quickest; faster quicker; difficult hard tough; easy simple; easiest simplest; biggest largest; fix repair; choose select pick;
delete erase; picture photo photograph image pic; movie film; kid child; car automobile; doctor physician; lawyer attorney; method approach technique; benefit advantage pro; disadvantage drawback downside con; answer reply;
important essential crucial vital; famous renowned; rich wealthy; sick ill; smart intelligent clever; crazy insane; weird strange odd; scared afraid; beautiful pretty; tv television telly; fridge refrigerator; company firm; usa america us. u.s u.s.a;
uk britain u.k; ad advertisement advert; exam examination; gym fitness-centre; info information; app application; site website webpage; pc computer; mail email e-mail; quit resign; require need; happen occur; obtain acquire; utilise utilize use; modify change alter;
forbid prohibit ban; finish complete; calculate compute; reduce decrease; increase raise; enhance improve; transform convert; several multiple; entire whole; almost nearly; approximately about roughly; usually normally typically; currently presently nowadays;
lady woman; guy man; mom mother mum; dad father; husband spouse; infant baby; cop policeman; flat apartment; aircraft airplane plane aeroplane; vacation holiday; tasty delicious; stomach tummy; salary wage; inexpensive cheap; costly expensive;
coworker colleague; talk speak; locate find; discover find; search seek; shut close; reside live dwell; stay remain; enjoy like; hate detest despise dislike; think believe; purpose goal aim objective; result outcome; difference distinction;
similarity resemblance; programmer coder; programming coding; beginner newbie novice; tutorial guide; suggestion recommendation; suggest recommend; overcome beat defeat; prevent avoid stop; remove eliminate; manage handle; cope deal; include contain;
seem appear look; enable allow let permit; meaningless pointless; marijuana cannabis weed; legit legitimate; tech technology; smartphone phone cellphone mobile cellphones; sad upset unhappy; everyday daily; each every; yearly annual annually; worldwide globally;
everyone everybody; someone somebody; anyone anybody; nobody no-one; maybe perhaps; also too; although though; till until; towards toward; besides apart; hi hello; error bug; ok okay; good great best top greatest excellent; made created; form create establish found set-up; build construct; end finish;
error mistake; country nation; job career profession occupation; gift present; trip journey tour; kill murder slay; die pass; wed marry; house home; street road; city town; script screenplay; clothes clothing garments; shoes footwear; trash garbage rubbish; autumn fall; elevator lift; truck lorry;
subway metro; gasoline petrol gas; cookie biscuit; soccer football; zip postal; ceo chief; boss manager supervisor; learn study; teach instruct; summary synopsis; summarize sum; translate render; write compose; list enumerate; explain describe; show display
`

const NEAR = `
tool gadget device; store shop market; travel visit go; sleep doze nap; show series program; skill ability talent; cut slash; replace change; redesign revamp;
attend study join; friend bestie buddy pal; deal cope curb overcome handle; love adore like; place destination spot; place position; site portal platform; help assist aid support; test quiz exam; college university; money cash income; earn make get; get obtain receive; buy get;
crack clear pass; join enter; work job; business company startup; idea thought opinion view; opinion view thought; feel think; know understand learn; tell say; see view watch look; use apply employ; cause reason; effect impact influence consequence; affect effect impact influence; cure treat heal treatment remedy; medicine drug medication;
improve better increase boost develop enhance; lose reduce; exercise workout; food diet meal; area region zone; state region; world earth; amazing surprising awesome incredible astonishing wonderful; nicest kindest wonderful loveliest; funniest hilarious; worst terrible horrible; moment experience incident; stupid dumb silly; stupidest dumbest; ugly unattractive;
sector industry field; customer client; employee worker staff; leader head; author writer; teacher professor tutor; expert professional; officer official; war conflict; law rule regulation; right correct; wrong incorrect; question query doubt; problem issue trouble; topic subject; type kind sort;
trick tip hack; tips advice suggestions; resource material; course class training; develop create build make; develop program code; start begin launch; prepare study; open start; fight combat; view opinion; expand grow; grow increase; limit restrict; quickly easily fast; effectively efficiently; permanently forever; hide conceal; check know see test; detect identify find; identify recognize
`

const groupsOf = (table: string): ReadonlyMap<string, ReadonlySet<number>> => {
  const stands = new Map<string, Set<number>>()
  table.split(';').forEach((group, index) => {
    for (const word of group.trim().split(/\s+/)) stands.set(word, (stands.get(word) ?? new Set()).add(index))
  })
  return stands
}
const same = groupsOf(SAME)
const near = groupsOf(NEAR)

function meet(groups: ReadonlyMap<string, ReadonlySet<number>>, one: string, other: string): boolean {
  const others = groups.get(other)
  for (const group of groups.get(one) ?? []) if (others?.has(group) === true) return true
  return false
}

/** Both words stand in one group of the cautious table. */
export const areSynonyms = (one: string, other: string): boolean => meet(same, one, other)

/** Both words stand in one group of either table. */
export const areNear = (one: string, other: string): boolean => meet(near, one, other) || areSynonyms(one, other)
