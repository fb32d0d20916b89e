/**
 * Groups of words that may stand for one another in a question without changing what a right answer is. Written by hand and kept cautious: a wrong pair
 * here is a wrong answer there. The first word of a group stands for all of them; stems are compared.
 */
const GROUPS = `
begin start commence; buy purchase; big large huge; quick fast rapid speedy; fastest quickest; faster quicker; difficult hard tough; easy simple; easiest simplest; job employment;
fix repair; help assist aid; assistance help; choose select pick; show display; delete erase; picture photo photograph image pic; movie film; movies films; kid child; kids children; car automobile;
phone smartphone cellphone telephone; doctor physician; lawyer attorney; teacher instructor; error bug; mistake error; method approach technique; benefit advantage pro; disadvantage drawback con downside; answer reply;
important essential crucial vital; famous renowned; rich wealthy; sick ill; sad unhappy; smart intelligent clever; stupid dumb; crazy insane; weird strange odd; scared afraid; pretty beautiful; attractive good-looking;
tv television; fridge refrigerator; laptop notebook; company firm business corporation; university college; usa america us u.s. u.s.a united-states; uk britain united-kingdom u.k.; maths math mathematics; ad advertisement advert;
exam examination test; gym fitness; info information; app application; apps applications; site website; web internet; pc computer; mobile cellphone; msg message; pic photo; pics photos; vs versus; quit stop; cease stop; require need; need require;
happen occur; obtain acquire; receive obtain; gain obtain; construct build; create build make develop; earn make; utilise use; utilize use; use employ; modify change alter; allow permit; forbid prohibit ban; end finish; finish complete;
identify recognise; recognize identify; figure determine; calculate compute; reduce decrease lower; decrease reduce; increase raise boost; raise increase; boost increase; enhance improve; improve enhance; improve better; convert transform; explain describe; describe explain;
list enumerate; write compose; summary summarise; summarise summarize; several multiple; entire whole; whole complete; main primary; primary main; nearly almost; almost nearly; approximately about roughly; roughly approximately; usually normally; typically usually;
currently presently; recent latest; newest latest; woman lady; man guy; guys men; boys guys; parents folks; mom mother mum; dad father; spouse partner; wife spouse; infant baby; cop policeman; police cops;
killed murdered; murder kill; die pass-away; wed marry; wedding marriage; home house; apartment flat; road street; vehicle car; aircraft airplane plane aeroplane; airplane plane; ship vessel; trip journey; journey travel; holiday vacation; food meal; tasty delicious;
weight-loss lose-weight; stomach tummy; headache migraine; medication medicine; drug medicine; cure treat; cure remedy; treatment cure; therapy treatment; pain ache; tired exhausted; rules regulations; law legislation; tale story; novel book; author writer; writer author; song track;
salary pay wage; pay salary; price cost; cost price; cheap inexpensive; costly expensive; revenue income; profit earnings; cash money; stocks shares; startup start-up; ceo chief-executive; boss manager; coworker colleague; worker employee; staff employees; interview interviewing;
speak talk; talk speak; say tell; tell say; search find; locate find; discover find; seek search; view see watch; look see; listen hear; touch feel; shut close; finish end; stay remain; remain stay; reside live; dwell live; wish want; desire want; hope wish; love adore; enjoy like; hate detest;
guess suppose; assume suppose; believe think; consider think; opinion view thought; views opinions; thoughts opinions; purpose goal aim; objective goal; goal aim; result outcome; effect impact; impact effect influence; influence effect; consequence effect; cause reason; reason cause; difference distinction; similarity resemblance;
programme program; programming coding; code program; coder programmer developer; developer programmer; beginner newbie novice; newbie beginner; expert professional; pro expert; course class; tutorial guide; guide tutorial; tips advice; advice tips; suggestion recommendation; suggest recommend; recommended suggested; recommend suggest;
stay-up stay-awake; overcome beat; defeat beat; prevent avoid; avoid prevent; stop prevent; remove delete; eliminate remove; remove eliminate; handle manage deal; manage handle; cope deal; prepare ready; study learn; master learn; practise practice; join enter; connect link; link connect; contain include; consist comprise; resemble look-like; appear seem; seem appear
`

const stands = new Map<string, Set<number>>()
GROUPS.split(';').forEach((group, index) => {
  for (const word of group.trim().split(/\s+/)) {
    const groups = stands.get(word) ?? new Set<number>()
    stands.set(word, groups.add(index))
  }
})

/** Whether both words stand in one group. */
export function areSynonyms(one: string, other: string): boolean {
  const groups = stands.get(one)
  const others = stands.get(other)
  if (groups === undefined || others === undefined) return false
  for (const group of groups) if (others.has(group)) return true
  return false
}
