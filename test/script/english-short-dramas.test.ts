// Short dramas in English, as they are written for phones and pasted from web pages and chats.
import { describe, expect, it } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { outline } from './outline.ts';

const plain = (text: string) => outline(parseText(text, { fileName: 'a.txt' }));

it('whose scenes have the number of their episode, and say who is there', () => {
  const text = [
    'EP 1',
    '',
    '1-1 INT. PACK HOUSE - KITCHEN - DAY',
    'Characters: Serena and Kane, Luna Vivian',
    '',
    'Serena scrubs the floor.',
    'LUNA VIVIAN: You missed a spot.',
    'SERENA (inner voice): Eighteen years. And nothing has changed.',
    '(Vivian kicks the bucket.)',
    '[SFX: Thunder]',
    '[TEXT ON SCREEN: One day before the Mating Ball]',
    'PHONE SCREEN: Missed call - KANE',
    '',
    '1-2 FOREST - NIGHT',
    '',
    'KANE & SERENA: No!',
    'JOSÉ: Stop! It was 1-1 at half time.',
    '',
    'SCENE 1-3: ROOF, NIGHT',
    '',
    'KANE: Mine.',
    '',
    'EP 2',
    '',
    '2.1 EXT. ROAD – DAWN',
    '',
    'SERENA: Wait.',
  ].join('\n');
  expect(plain(text)).toEqual([
    'E1',
    'S1-1 INT DAY PACK HOUSE - KITCHEN [Serena Kane Luna Vivian]',
    'action Serena scrubs the floor.',
    'LUNA VIVIAN You missed a spot.',
    'SERENA/OS Eighteen years. And nothing has changed.',
    'action (Vivian kicks the bucket.)',
    'sound Thunder',
    'caption One day before the Mating Ball',
    'caption Missed call - KANE',
    'S1-2 UNKNOWN NIGHT FOREST',
    'KANE+SERENA No!',
    'JOSÉ Stop! It was 1-1 at half time.',
    'S1-3 UNKNOWN NIGHT ROOF',
    'KANE Mine.',
    'E2',
    'S2.1 EXT DAWN ROAD',
    'SERENA Wait.',
  ]);
});

it.each(['5-0 In the last game.', '2-1 Down at night. They lose.', '1-1 tie, they say!', '10-4 Copy that'])(
  'in which a score opens no scene: %s',
  (line) => {
    expect(plain(`INT. BAR - NIGHT\n\nThey watch.\n\n${line}\n`).at(-1)).toBe(`action ${line}`);
  },
);

it.each([
  ['ON SCREEN: “We know.”', 'caption We know.'],
  ['ON SCREEN TEXT: 72 HOURS LEFT', 'caption 72 HOURS LEFT'],
  ['TEXT MESSAGE BUBBLE: "Tomorrow."', 'caption Tomorrow.'],
  ['TEXT MESSAGE (JOHN): Where are you?', 'caption TEXT MESSAGE (JOHN): Where are you?'],
  ['TEXT (from Damian): Come home.', 'caption TEXT (from Damian): Come home.'],
  ['SMASH CUT TO BLACK.', 'transition SMASH CUT TO BLACK.'],
  ['[END FLASHBACK]', 'flashback_end END FLASHBACK'],
  ['SCENE 12 OMITTED', 'note SCENE 12 OMITTED'],
  ['12-14 OMITTED', 'note 12-14 OMITTED'],
  ['SCENES 12 THRU 14 OMITTED', 'note SCENES 12 THRU 14 OMITTED'],
  ['4-5  OMITTED        4-5', 'note 4-5  OMITTED        4-5'],
  ['[He sits.]', 'action [He sits.]'],
  ['HE OMITTED IT', 'action HE OMITTED IT'],
])('a line that is nobody’s: %s', (line, expected) => {
  const labels = 'AVA: Yes.\n\nDAMIAN: No.\n\nAVA: Why?\n\n';
  expect(plain(`INT. A - DAY\n\n${labels}${line}\n`).at(-1)).toBe(expected);
});

it.each(['LATER', 'MOMENTS LATER', 'THREE DAYS EARLIER', 'LATER THAT NIGHT', 'THE NEXT MORNING', 'MEANWHILE'])(
  'says nothing in the name of %s',
  (time) => {
    expect(plain(`INT. A - DAY\n\nMIA\nYes.\n\n${time}\nThey sit in silence.\n\nDAWN\nMy name.\n`).slice(2)).toEqual([
      'MIA Yes.',
      `action ${time} They sit in silence.`,
      'DAWN My name.',
    ]);
  },
);

describe('with an empty line between any two lines', () => {
  const lines = [
    'THE DEAL',
    'EPISODE 1',
    'INT. OFFICE - DAY',
    'Mia enters. She looks around the room.',
    'MIA',
    'I need this job.',
    'ETHAN',
    '(cold)',
    'Then sign.',
    'The door slams behind her.',
    'She sits down.',
    'MIA',
    '(quietly)',
    'Fine.',
    '(beat)',
    'Where?',
    'EXT. STREET - NIGHT',
    'Rain falls.',
    'LATER',
    'The street is empty.',
    'MIA (V.O.)',
    'I should never have signed.',
    'ETHAN',
    'GET IN!',
    'MIA',
    'No.',
    'Episode 2: The Kiss',
    'INT. CAR - NIGHT',
    'ETHAN',
    'Drive.',
  ];
  const expected = [
    'E1',
    'S1 INT DAY OFFICE',
    'action Mia enters. She looks around the room.',
    'MIA I need this job.',
    'ETHAN(cold) Then sign.',
    'action The door slams behind her.',
    'action She sits down.',
    'MIA(quietly; beat) Fine. Where?',
    'S2 EXT NIGHT STREET',
    'action Rain falls.',
    'action LATER',
    'action The street is empty.',
    'MIA/VO I should never have signed.',
    'ETHAN GET IN!',
    'MIA No.',
    'E2 The Kiss',
    'S1 INT NIGHT CAR',
    'ETHAN Drive.',
  ];

  it.each([
    ['as web pages give it', '\n\n'],
    ['as a line break doubled by a program does it', '\r\r\n'],
  ])('%s: a name and what is said below belong together', (_, lineBreak) => {
    expect(plain(lines.join(lineBreak))).toEqual(expected);
  });

  it('words in capitals above what nobody says are no names where other people have their words right below', () => {
    const said = 'MIA\nYes.\n\nETHAN\nNo.\n\n';
    const text = `INT. A - DAY\n\n${said}VISUAL\n\nThe sea.\n\nVISUAL\n\nThe shore.\n\nVISUAL\n\nA boat.\n\n${said}`;
    expect(plain(text).filter((line) => line.startsWith('VISUAL'))).toEqual([]);
  });
});

it('whose words behind Characters: name nobody where they are a sentence, a material or in quotation marks', () => {
  const under = (line: string) => parseText(`INT. HALL - DAY\n${line}\n\nRain falls.`).episodes[0]!.scenes[0]!.cast;
  expect(under('Characters: Mary Jane and two guards')).toEqual(['Mary Jane', 'two guards']);
  expect(under('Character: Mia is a tall woman who never smiles.')).toEqual([]);
  expect(under('Characters: the whole family, who argue at the table, throwing bread.')).toEqual([]);
  expect(under('CAST: plaster, white.')).toEqual([]);
  expect(under('CHARACTER:"FISH"')).toEqual([]);
});

it.each(['NOTE:', 'LATER:', 'Setting:'])('%s above its words is nobody, however often it comes', (line) => {
  const text = `INT. HALL - DAY\n\nWAITER\nHello.\n\nMIA:\nYes.\n\nMIA:\nNo.\n\n${line}\nThey eat.\n\n${line}\nThey drink.`;
  expect(plain(text).slice(2)).toEqual([
    'WAITER Hello.',
    'MIA Yes.',
    'MIA No.',
    `action ${line} They eat.`,
    `action ${line} They drink.`,
  ]);
});

it('with an empty line between any two lines, what happens under capitals is said by nobody', () => {
  const talk = ['MIA', 'Hello there.', 'BOB', 'Hi.', 'MIA', 'Where were you?', 'BOB', 'Out.', 'MIA', 'Out where?'];
  const told = ['EXPLOSION', 'Glass flies everywhere.', 'WAITER', 'Here is the bill.'];
  const lines = plain(['INT. BAR - DAY', ...talk, ...talk, ...told].join('\n\n'));
  expect(lines.slice(-3)).toEqual(['action EXPLOSION', 'action Glass flies everywhere.', 'WAITER Here is the bill.']);
});

it('translated from Chinese keeps △ before what is done, whatever stands above it', () => {
  const text =
    'EP 1\n\n1-1 INT. BALLROOM – NIGHT\nCHARACTERS: Elena, Damon\n\n△ Chandeliers. ELENA stands alone.\nElena (VO): Three years of marriage. Tonight, I finally tell him.\n△ The doors swing open.\nDamon (coldly): Sign it.\n△ CLOSE UP: a folder.\nElena: No.\nDamon: Sign.';
  expect(plain(text).slice(2)).toEqual([
    'action Chandeliers. ELENA stands alone.',
    'Elena/VO Three years of marriage. Tonight, I finally tell him.',
    'action The doors swing open.',
    'Damon(coldly) Sign it.',
    'shot CLOSE UP: a folder.',
    'Elena No.',
    'Damon Sign.',
  ]);
});

it('from a chat has marks round its scenes, manners in bold labels and a quoted cliffhanger, and a question behind it', () => {
  const text =
    '## Episode 1: Blood\n\n**[SCENE START]**\n\n**EXT. FOREST – NIGHT**\n\n*Torches flicker.*\n\n**KAEL**\n*(cold)*\nI reject you.\n\n**LYDIA** *(laughing)*: The moon made a mistake.\n\n**[SCENE END]**\n\n> **Cliffhanger:** A wolf howls outside.\n\nWould you like me to continue with Episode 2?';
  const document = parseText(text, { fileName: 'a.md' });
  expect(outline(document)).toEqual([
    'E1 Blood',
    'note SCENE START',
    'S1 EXT NIGHT FOREST',
    'action Torches flicker.',
    'KAEL(cold) I reject you.',
    'LYDIA(laughing) The moon made a mistake.',
    'note SCENE END',
    'action Cliffhanger: A wolf howls outside.',
  ]);
  expect(document.notes.at(-1)?.kind).toBe('after_matter');
});

it('without empty lines between labelled speeches, what happens right below one is said by nobody', () => {
  const text =
    "INT. LOFT - NIGHT\nVictor: You think love pays the bills, Chloe?\nChloe (tearful): I never wanted any of your money, Victor.\nVictor's phone rings.\nVictor (into phone): I told you never to call me at this number again.\n[Cut to Chloe's face]\nChloe: It was a good long run, and it was a very good\nyear for us all.";
  expect(plain(text).slice(2)).toEqual([
    'Victor You think love pays the bills, Chloe?',
    'Chloe(tearful) I never wanted any of your money, Victor.',
    "action Victor's phone rings.",
    'Victor(into phone) I told you never to call me at this number again.',
    "action [Cut to Chloe's face]",
    'Chloe It was a good long run, and it was a very good year for us all.',
  ]);
});

it('a lone △ and > Cut to black. keep what they are', () => {
  const lines = plain('INT. ROOM - DAY\n\nMIA\nHi.\n\n△\n\n> Cut to black.\n\n> She is gone for good.');
  expect(lines.slice(-3)).toEqual(['action △ ?', 'transition Cut to black.', 'action She is gone for good.']);
});
