// English scripts of other houses: dubbing, radio, shooting scripts with revisions, chats, forms, Word files from the web.
import { Packer, Paragraph, Table, TableCell, TableRow, TextRun, Document as Word } from 'docx';
import { describe, expect, it } from 'vitest';
import { parse, parseText } from '../../core/script/index.ts';
import { wordXml, zipOf } from './files.ts';
import { outline } from './outline.ts';

const plain = (text: string) => outline(parseText(text, { fileName: 'a.txt' }));
const fountain = (text: string) => outline(parseText(text, { fileName: 'a.fountain' }));

describe('a dubbing script', () => {
  const expected = [
    'NARRATOR/VO In an age of kings...',
    'AKIRA(gasp) Get down!',
    'RIN/OS Akira!',
    'RIN/OS He always says that.',
    'caption Three years later',
  ];

  it.each([
    [
      'before the names',
      '00:00:03:12 NARRATOR\nIn an age of kings...\n\n00:00:11:04 AKIRA\n(gasp) Get down!\n\n00:00:13:20 RIN (OFF)\nAkira!\n\n00:00:31:00 RIN (THOUGHT)\nHe always says that.\n\n00:00:40:00 ON-SCREEN TEXT: Three years later\n',
    ],
    [
      'in brackets before labels',
      '[00:03] NARRATOR: In an age of kings...\n[00:11] AKIRA: (gasp) Get down!\n[00:13] RIN (O.S.): Akira!\n[00:31] RIN (INTERNAL): He always says that.\n[00:40] ON-SCREEN TEXT: Three years later\n',
    ],
    [
      'on lines of their own',
      '00:00:03,120 --> 00:00:05,000\nNARRATOR\nIn an age of kings...\n\n00:00:11,040 --> 00:00:12,000\nAKIRA\n(gasp) Get down!\n\n00:00:13,200 --> 00:00:14,000\nRIN (OFF)\nAkira!\n\n00:00:31,000 --> 00:00:33,000\nRIN (THOUGHT)\nHe always says that.\n\n00:00:40,000 --> 00:00:41,000\nTEXT ON SCREEN: Three years later\n',
    ],
  ])('has timecodes %s, which are no part of a name', (_, text) => {
    expect(plain(text).slice(2)).toEqual(expected);
  });

  it('keeps a time that is said in the middle of a sentence', () => {
    const text = '[00:03] MIA: Go.\n[00:11] TOM: Why?\n[00:13] MIA: Now.\nThe clock says\n00:30 in red letters.\n';
    expect(plain(text).at(-1)).toBe('action The clock says 00:30 in red letters.');
  });

  it('is not what a script is that tells the time now and then', () => {
    expect(plain('INT. A - DAY\n\n12:30 The bell rings.\n\nMIA\n12:30 already.\n').slice(2)).toEqual([
      'action 12:30 The bell rings.',
      'MIA 12:30 already.',
    ]);
  });
});

it('a radio script counts its speeches at the left, and has a person on each line of its list', () => {
  const text = [
    'THE HARBOUR',
    'by P. Lowe',
    '',
    'CAST',
    'ELSIE (70s)',
    'TOM, her grandson',
    'RADIO ANNOUNCER',
    '',
    'SCENE 1. INT. KITCHEN. MORNING.',
    '',
    'F/X:    KETTLE BOILING.',
    '',
    '1. ELSIE:       Tom? Is that you?',
    '',
    "2. TOM:         (APPROACHING) Only me, Gran. It's blowing a gale",
    '                out there.',
    '',
    '3. F/X:         CHAIR SCRAPES.',
    '',
    '4. ELSIE:       (OFF) Sit down.',
  ].join('\n');
  const document = parseText(text, { fileName: 'a.txt' });
  expect(document.biographies.map(({ name }) => name)).toEqual(['ELSIE', 'TOM', 'RADIO ANNOUNCER']);
  expect(outline(document).slice(1)).toEqual([
    'S1 INT DAWN KITCHEN',
    'sound KETTLE BOILING.',
    'ELSIE Tom? Is that you?',
    "TOM(APPROACHING) Only me, Gran. It's blowing a gale out there.",
    'sound CHAIR SCRAPES.',
    'ELSIE/OS Sit down.',
  ]);
});

it('people whose names begin with a number keep it', () => {
  expect(plain('INT. A - DAY\n\n1ST COP: Freeze!\n2ND COP: No.\n3RD COP: Hey!\nMIA: Why?\n').slice(2)).toEqual([
    '1ST COP Freeze!',
    '2ND COP No.',
    '3RD COP Hey!',
    'MIA Why?',
  ]);
});

it('stars of a revision at the right margin belong to nobody’s name and to no words', () => {
  const text = [
    '1     EXT. ESTUARY. NIGHT X. 2300. FLASHBACK.                       1 *',
    '',
    '      Gwen drives.                                                   *',
    '',
    '                          GWEN                                       *',
    "                Don't look.                                          *",
    '',
    '                          HUW',
    '                Why?                                                 **',
    '',
    '      END OF EPISODE ONE',
  ].join('\n');
  expect(plain(text).slice(1)).toEqual([
    'S1 EXT NIGHT ESTUARY',
    'action Gwen drives.',
    "GWEN Don't look.",
    'HUW Why?',
    'end END OF EPISODE ONE',
  ]);
});

describe('a script that a chat wrote', () => {
  const text = [
    "Here's your script:",
    '',
    '---',
    '',
    '# **MARRIED TO MY ENEMY**',
    '',
    '**Logline:** Clara marries the man who ruined her father.',
    '',
    '## **Characters**',
    '',
    '* **CLARA WEST** (25) — A florist.',
    '* **NOAH & NORA** (5) — The twins.',
    '',
    '---',
    '',
    '## **EPISODE 1: The Signature**',
    '',
    '**Synopsis:** She signs.',
    '',
    '### **Scene 1: The Proposal**',
    '',
    '**INT. VALE TOWER – DAY**',
    '',
    '**CLARA**',
    'Even the elevator has taste.',
    '',
    '**ADRIAN** *(turning)*',
    'Sign.',
    '',
    '**CLARA:** And if I break it?',
    '',
    '**ADRIAN (V.O.) (CONT’D):** Then you owe me everything.',
    '',
    '**[CLOSE-UP: the pen in her hand]**',
    '',
    '**CLARA**',
    'Fine.',
    '',
    '### **Scene 2: The Vow**',
    '',
    '- **Location:** Chapel',
    '- **Time of Day:** Dawn',
    '- **INT/EXT:** INT',
    '',
    '**ADRIAN**',
    'I do.',
    '',
    '**[END OF EPISODE 1]**',
    '',
    '---',
    '',
    'Would you like me to continue with Episode 2?',
  ].join('\n');
  const document = parseText(text, { fileName: 'a.md' });

  it('has its title, its story and its people before the first episode', () => {
    expect(document).toMatchObject({
      title: 'MARRIED TO MY ENEMY',
      synopsis: 'Clara marries the man who ruined her father.',
      biographies: [{ name: 'CLARA WEST' }, { name: 'NOAH' }, { name: 'NORA' }],
    });
    expect(document.biographies.map(({ text: told }) => told)).not.toContainEqual(expect.stringContaining('---'));
  });

  it('has speeches under names and behind them, and one scene where a name and a slug line or fields stand together', () => {
    expect(outline(document)).toEqual([
      'E1 The Signature',
      'S1 INT DAY VALE TOWER',
      'CLARA Even the elevator has taste.',
      'ADRIAN(turning) Sign.',
      'CLARA And if I break it?',
      'ADRIAN/VO Then you owe me everything.',
      'shot CLOSE-UP: the pen in her hand',
      'CLARA Fine.',
      'S2 INT DAWN Chapel',
      'ADRIAN I do.',
      'end [END OF EPISODE 1]',
    ]);
  });

  it('ends with a question of the chat, which is listed and not filmed', () => {
    expect(document.notes.at(-1)).toMatchObject({
      kind: 'after_matter',
      text: 'Would you like me to continue with Episode 2?',
    });
  });

  it.each([
    [
      'INT. A - DAY\n\nMIA\nYes.\n\nWould you like me to go, she wrote.\n',
      'action Would you like me to go, she wrote.',
    ],
    [
      'INT. A - DAY\n\nMIA\nLet me know if it hurts.\n\n---\n\nTOM\nLet me know if it hurts.\n',
      'TOM Let me know if it hurts.',
    ],
  ])('and words that begin so elsewhere are script: %s', (words, last) => {
    expect(plain(words).at(-1)).toBe(last);
  });
});

describe('what is told before the first scene of a script without episodes', () => {
  it.each(['a.txt', 'a.fountain'])('is no scene: %s', (fileName) => {
    const text =
      'THE DEAL\n\nLogline: A waitress marries up.\n\nGenre: Romance\n\nFADE IN:\n\nINT. A - DAY\n\nMIA\nHello.\n';
    const document = parseText(text, { fileName });
    expect(document).toMatchObject({ title: 'THE DEAL', synopsis: 'A waitress marries up.' });
    expect(outline(document)).toEqual(['(E1)', 'transition FADE IN:', 'S1 INT DAY A', 'MIA Hello.']);
  });

  it.each([
    'Title: THE DEAL\nLogline: A waitress marries up.\n\nINT. A - DAY\n\nRain.\n',
    'THE DEAL\nby Jane Doe\n\nLogline: A waitress marries up.\n\nContact: jane@example.com\n\nINT. A - DAY\n\nRain.\n',
  ])('is the story on a title page too', (text) => {
    expect(parseText(text, { fileName: 'a.txt' }).synopsis).toBe('A waitress marries up.');
  });

  it('ends where somebody does something: people told in one line are no list that goes on', () => {
    const text =
      'The Key\n\nCharacters: Mia, Tom\n\nMia opens a door.\n\nTOM\nWhere to?\n\nMIA\nOut.\n\nINT. A - DAY\n\nTOM\nHi.\n';
    expect(plain(text).slice(1, 5)).toEqual([
      'S? UNKNOWN UNKNOWN',
      'action Mia opens a door.',
      'TOM Where to?',
      'MIA Out.',
    ]);
    const caption = 'The Key\n\nLogline: A girl.\n\nSUPER: Then\n\nINT. A - DAY\n\nRain.\n';
    expect(plain(caption)).toContain('caption Then');
  });

  it('is nobody where it says in capitals what somebody is', () => {
    const text =
      'The Key\n\nCHARACTERS\n\nETHAN\nCEO\n\nMIA\nCEO.\nShe runs it.\n\nTOM\nJO\nSAM\n\nINT. A - DAY\n\nTOM\nHi.\n';
    expect(parseText(text, { fileName: 'a.txt' }).biographies.map(({ name }) => name)).toEqual([
      'ETHAN',
      'MIA',
      'TOM',
      'JO',
      'SAM',
    ]);
  });

  it('stays script where one of a list of people speaks below it', () => {
    const list = 'The Key\n\nCHARACTERS\n\nMIA ELLIS - 20s, a waitress.\nTom Cole - her brother.\n\n';
    const text = `${list}Lights rise.\n\nMIA\nI am leaving.\n\nTOM\nStay.\n\nINT. A - DAY\n\nMIA\nHi.\n`;
    expect(plain(text)).toEqual(expect.arrayContaining(['MIA I am leaving.', 'TOM Stay.']));
  });

  it('stays script where people speak in it', () => {
    const text =
      'THE DEAL\n\nCHARACTERS:\nMIA: a waitress\nTOM: her brother\n\nMIA: Are we on?\n\nTOM: We are.\n\nINT. A - DAY\n\nMIA: Good.\n';
    expect(plain(text)).toContain('MIA Are we on?');
  });
});

it('a scene may be told field by field under its number; fields and letters are nobody', () => {
  const text = [
    'EP 1',
    '',
    'SCENE 1',
    'LOCATION: Hotel lobby',
    'DAY/NIGHT: NIGHT',
    'INT/EXT: INT',
    'CHARACTERS: Mia, Tom',
    '',
    'MIA: Hello.',
    'TOM: Hi.',
    'A/C: Aerial shot of the city.',
    'MIA/TOM: Go!',
  ].join('\n');
  const document = parseText(text, { fileName: 'a.txt' });
  expect(outline(document)).toEqual([
    'E1',
    'S1 INT NIGHT Hotel lobby [Mia Tom]',
    'MIA Hello.',
    'TOM Hi.',
    'action A/C: Aerial shot of the city.',
    'MIA+TOM Go!',
  ]);
  expect(document.episodes[0]!.scenes[0]!.heading).toBe('SCENE 1 LOCATION: Hotel lobby DAY/NIGHT: NIGHT INT/EXT: INT');
});

describe('a bracket on its own line under a name', () => {
  it.each([
    ['(O.S.)', 'MIA/OS Hello.'],
    ['(V.O.)', 'MIA/VO Hello.'],
    ['(O.S., shouting)', 'MIA/OS(shouting) Hello.'],
    ["(CONT'D)", 'MIA Hello.'],
    ['(into phone)', 'MIA(into phone) Hello.'],
    ['(thinking)', 'MIA(thinking) Hello.'],
  ])('%s', async (bracket, expected) => {
    const text = `INT. A - DAY\n\nMIA\n${bracket}\nHello.\n`;
    expect(plain(text).at(-1)).toBe(expected);
    expect(fountain(text).at(-1)).toBe(expected);
    const paragraph = (type: string, words: string) => `<Paragraph Type="${type}"><Text>${words}</Text></Paragraph>`;
    const fdx = `<FinalDraft><Content>${paragraph('Scene Heading', 'INT. A - DAY')}${paragraph('Character', 'MIA')}${paragraph('Parenthetical', bracket)}${paragraph('Dialogue', 'Hello.')}</Content></FinalDraft>`;
    expect(outline(await parse(Buffer.from(fdx), 'a.fdx')).at(-1)).toBe(expected);
  });

  it('in the middle of a speech leaves what was said before as it was', () => {
    expect(plain('INT. A - DAY\n\nMIA\nHello.\n(V.O.)\nI hate him.\n').at(-1)).toBe('MIA(V.O.) Hello. I hate him.');
  });
});

it.each([
  ['NARRATOR', 'NARRATOR/VO They wait.'],
  ['V.O.', 'V.O./VO They wait.'],
  ['NARRATOR (ON CAMERA)', 'NARRATOR(ON CAMERA) They wait.'],
])('%s says itself how it is heard', (cue, expected) => {
  expect(plain(`INT. A - DAY\n\n${cue}\nThey wait.\n`).at(-1)).toBe(expected);
});

it.each(['Day Two:', 'DAY TWO:', 'DAY TWO', 'NIGHT 3', 'SUNDAY MORNING', 'PRESENT DAY', 'SYNOPSIS'])(
  '%s above words, however often, is nobody',
  (line) => {
    const text = `INT. HALL - DAY\n\n${line}\nThe house is empty.\n\nMIA\nYes.\n\nTOM:\nNo.\n\nTOM:\nNever.\n\n${line}\nThey wait.\n`;
    expect(plain(text).slice(2)).toEqual([
      `action ${line} The house is empty.`,
      'MIA Yes.',
      'TOM No.',
      'TOM Never.',
      `action ${line} They wait.`,
    ]);
  },
);

it.each([
  ['SPLIT SCREEN:', 'shot SPLIT SCREEN:'],
  ['SPLIT SCREEN', 'shot SPLIT SCREEN'],
  ['END SPLIT SCREEN', 'shot END SPLIT SCREEN'],
  ['OVER BLACK', 'shot OVER BLACK'],
  ['INTERCUT MIA AND TOM', 'shot INTERCUT MIA AND TOM'],
  ['TOM’S POV: the mark on his wrist.', 'shot TOM’S POV: the mark on his wrist.'],
  ['CU: the bottle.', 'shot CU: the bottle.'],
  ['SCENE 14: OMITTED', 'note SCENE 14: OMITTED'],
  ['Scene 15 - Omitted', 'note Scene 15 - Omitted'],
])('nobody says what stands under %s', (line, expected) => {
  expect(plain(`INT. A - DAY\n\nMIA\nYes.\n\n${line}\nThey sit.\n`).slice(3)).toEqual([expected, 'action They sit.']);
  expect(plain(`INT. A - DAY\n\nMIA: Yes.\nTOM: No.\nMIA: So?\n${line}\n`).at(-1)).toBe(expected);
});

it('without empty lines and with short lines, scenery and pauses between speeches are said by nobody', () => {
  const lines = [
    'INT. BAR - NIGHT',
    'Tom walks in.',
    'TOM',
    'Is she here?',
    'Nobody answers my calls.',
    'ANNA',
    'Upstairs.',
    'The lamp flickers above them.',
    'TOM',
    'Thanks.',
    'A beat.',
    'ANNA',
    'He pays for nothing.',
    'TOM',
    'True.',
    'A glass breaks somewhere.',
    'ANNA',
    'Go.',
    'EXT. STREET - NIGHT',
    'TOM',
    'Taxi!',
    'The car stops.',
    'ANNA',
    'Wait.',
  ];
  expect(plain(lines.join('\n')).slice(2)).toEqual([
    'action Tom walks in.',
    'TOM Is she here? Nobody answers my calls.',
    'ANNA Upstairs.',
    'action The lamp flickers above them.',
    'TOM Thanks.',
    'action A beat.',
    'ANNA He pays for nothing.',
    'TOM True.',
    'action A glass breaks somewhere.',
    'ANNA Go.',
    'S2 EXT NIGHT STREET',
    'TOM Taxi!',
    'action The car stops.',
    'ANNA Wait.',
  ]);
});

describe('a Word file without empty lines', () => {
  const script = [
    ['', 'INT. DINER - NIGHT'],
    ['Character', 'JO'],
    ['Dialogue', 'More coffee.'],
    ['Character', 'WAITRESS (O.S.)'],
    ['Parenthetical', '(tired)'],
    ['Dialogue', "We're closing."],
    ['', 'Lights flicker.'],
    ['Character', 'JO'],
    ['Dialogue', 'GET OUT!'],
  ] as const;
  const expected = [
    'S1 INT NIGHT DINER',
    'JO More coffee.',
    "WAITRESS/OS(tired) We're closing.",
    'action Lights flicker.',
    'JO GET OUT!',
  ];

  it('that centres its speeches shows by it where they end', async () => {
    const children = script.map(
      ([kind, text]) =>
        new Paragraph({ children: [new TextRun(text)], ...(kind === '' ? {} : { alignment: 'center' as const }) }),
    );
    const file = await Packer.toBuffer(new Word({ sections: [{ children }] }));
    expect(outline(await parse(file, 'a.docx')).slice(1)).toEqual(expected);
  });

  it('has a cover in the middle of its page that says nothing of its speeches', async () => {
    const cover = ['THE LAST TRAIN', 'Written by', 'JANE DOE', 'Draft three', 'JANE DOE', '555 1234'];
    const body = ['', 'INT. DINER - NIGHT', '', 'Rain.', '', 'JO', 'More coffee.', '', 'WAITRESS', 'Closed.', ''];
    const children = [
      ...cover.map((text) => new Paragraph({ children: [new TextRun(text)], alignment: 'center' })),
      ...body.map((text) => new Paragraph({ children: [new TextRun(text)] })),
    ];
    const file = await Packer.toBuffer(new Word({ sections: [{ children }] }));
    expect(outline(await parse(file, 'a.docx')).slice(-2)).toEqual(['JO More coffee.', 'WAITRESS Closed.']);
  });

  it('shows it by styles, whatever stands before their names', async () => {
    const paragraph = ([kind, text]: (typeof script)[number]) =>
      `<w:p><w:pPr><w:pStyle w:val="${kind === '' ? 'Action' : `Screenplay${kind}`}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const file = zipOf({ 'word/document.xml': wordXml(script.map(paragraph).join('')) });
    expect(outline(await parse(file, 'a.docx')).slice(1)).toEqual(expected);
  });
});

it('a table whose heads name two things is read as the kind of either', async () => {
  const rows = [
    ['Visual', 'Audio / Dialogue'],
    ['RUTH at the desk.', 'RUTH: Welcome.'],
    ['She walks.', 'RUTH: This way.'],
    ['The logo.', 'VO: Acme, since 1990.'],
  ].map((cells) => new TableRow({ children: cells.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) }));
  const file = await Packer.toBuffer(new Word({ sections: [{ children: [new Table({ rows })] }] }));
  expect(outline(await parse(file, 'a.docx')).slice(2)).toEqual([
    'action RUTH at the desk.',
    'RUTH Welcome.',
    'action She walks.',
    'RUTH This way.',
    'action The logo.',
    'VO/VO Acme, since 1990.',
  ]);
});

it.each([
  ['SCENE 5: NIGHT', 'S5 UNKNOWN NIGHT'],
  ['SCENE 5: Later', 'S5 UNKNOWN UNKNOWN'],
  ['SCENE 5: The Longest Day', 'S5 UNKNOWN UNKNOWN The Longest Day'],
])('a heading that says nothing but when names no place: %s', (line, expected) => {
  expect(plain(`INT. A - DAY\n\nMIA\nYes.\n\n${line}\n\nShe sits.\n`).at(-2)).toBe(expected);
});
