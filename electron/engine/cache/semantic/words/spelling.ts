/** British spellings and their American forms, and the misspellings seen most. */
const PAIRS = `
colour color; colours colors; favour favor; favourite favorite; favourites favorites; honour honor; behaviour behavior; behaviours behaviors; labour labor; neighbour neighbor; neighbours neighbors; flavour flavor; humour humor; rumour rumor; armour armor;
centre center; centres centers; theatre theater; litre liter; metre meter; fibre fiber; grey gray; programme program; programmes programs; catalogue catalog; dialogue dialog; analogue analog; cheque check; tyre tire; tyres tires; jewellery jewelry;
organise organize; organisation organization; organisations organizations; realise realize; recognise recognize; optimise optimize; optimisation optimization; summarise summarize; analyse analyze; analysed analyzed; analysing analyzing; minimise minimize; maximise maximize;
serialise serialize; initialise initialize; normalise normalize; visualise visualize; customise customize; prioritise prioritize; criticise criticize; apologise apologize; memorise memorize; civilisation civilization; globalisation globalization; colonisation colonization;
travelling traveling; traveller traveler; cancelled canceled; cancelling canceling; modelling modeling; labelled labeled; fuelled fueled; counselling counseling; defence defense; offence offense; licence license; practise practice; practising practicing;
ageing aging; aluminium aluminum; aeroplane airplane; mum mom; maths math; pyjamas pajamas; sceptical skeptical; storey story; whilst while; amongst among; towards toward; learnt learned; enrol enroll; fulfil fulfill; skilful skillful; instalment installment;
paediatric pediatric; anaemia anemia; oestrogen estrogen; diarrhoea diarrhea; manoeuvre maneuver; cosy cozy; plough plow; draught draft; kerb curb; judgement judgment; acknowledgement acknowledgment;
definately definitely; recieve receive; seperate separate; occured occurred; untill until; wich which; becuase because; becasue because; thier their; teh the; wierd weird; freind friend; beleive believe; acheive achieve; adress address; enviroment environment; goverment government;
langauge language; engish english; englsh english; buisness business; bussiness business; collage college; succesful successful; successfull successful; tommorow tomorrow; tommorrow tomorrow; neccessary necessary; calender calendar; grammer grammar; gramar grammar;
alot lot; cant cannot; dont don't; doesnt doesn't; isnt isn't; wont won't; whats what's; hows how's; im i'm; ive i've; pls please; plz please; u you; ur your; r are; thx thanks; wanna want; gonna going; info information; diff difference
`

/** Spelling to the one we compare by. */
export const BRITISH: ReadonlyMap<string, string> = new Map(
  PAIRS.split(';').flatMap((pair): [string, string][] => {
    const [from, to] = pair.trim().split(' ')
    return from === undefined || to === undefined ? [] : [[from, to]]
  }),
)
