// Short forms of English first names: KATE, Katie and KATHERINE. JACK and JOHN, HARRY and HENRY are as often two people and left out.

/** A first name, a colon, what its bearers are called. */
const calledFor =
  'alexander:alex xander|alexandra:alex lexi|andrew:andy drew|anthony:tony|benjamin:ben benny|charles:charlie chuck|christopher:chris|daniel:dan danny|david:dave davy|edward:ed eddie ted|francis:frank frankie|frank:frankie|frederick:fred freddie|gabriel:gabe|gregory:greg|jacob:jake|james:jim jimmy jamie|jeffrey:jeff|john:johnny|jonathan:jon|joseph:joe joey|joshua:josh|kenneth:ken kenny|lawrence:larry|leonard:leo lenny|matthew:matt|max:maxie|maxwell:max|michael:mike mikey|nathan:nate|nathaniel:nate|nicholas:nick nicky|patrick:pat|peter:pete|philip:phil|raymond:ray|richard:rick ricky richie|robert:rob robbie bob bobby|ronald:ron ronnie|samuel:sam sammy|stephen:steve|steven:steve|theodore:ted theo|thomas:tom tommy|timothy:tim timmy|victor:vic|vincent:vince vinny|walter:walt|william:will bill billy willy|zachary:zach|abigail:abby|amanda:mandy|angela:angie|anna:annie|anne:annie|barbara:barb|cassandra:cass cassie|catherine:cathy kate katie|christina:chris tina|christine:chris|cynthia:cindy|deborah:deb debbie|eleanor:ellie nell|elizabeth:liz lizzie beth betty eliza|jennifer:jen jenny|jessica:jess jessie|katherine:kate katie kathy kat|kathleen:kate kathy|kathryn:kate katie kathy|margaret:maggie meg peggy|melissa:mel|nicole:nikki|patricia:pat patty|penelope:penny|rebecca:becky becca|samantha:sam|stephanie:steph|susan:sue susie|theresa:tess terry|valerie:val|victoria:vicky tori';

const shortOf = new Map<string, readonly string[]>();
const fullOf = new Map<string, string[]>();
for (const family of calledFor.split('|')) {
  const [full = '', short = ''] = family.split(':');
  shortOf.set(full, short.split(' '));
  for (const name of short.split(' ')) fullOf.set(name, [...(fullOf.get(name) ?? []), full]);
}

/** The names a first name may stand for, itself among them. Lower case. */
export const standsFor = (given: string): readonly string[] => [given, ...(fullOf.get(given) ?? [])];

/** What somebody of the first name may be called besides: Bill and Will of BILLY too. Lower case. */
export const nicknamesOf = (given: string): string[] =>
  standsFor(given)
    .flatMap((full) => shortOf.get(full) ?? [])
    .filter((name) => name !== given);

/** Whether one of two first names is short for the other, or both for one. */
export const isNickname = (a: string, b: string): boolean =>
  a !== b && standsFor(a).some((full) => standsFor(b).includes(full));
