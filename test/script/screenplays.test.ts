// Screenplays and plays in English: Fountain's marks, and plain text in all the ways people lay it out.
import { describe, expect, it } from 'vitest';
import { parseText } from '../../core/script/index.ts';
import { outline } from './outline.ts';

const plain = (text: string) => outline(parseText(text, { fileName: 'a.txt' }));
const fountain = (text: string) => outline(parseText(text, { fileName: 'a.fountain' }));

describe('a slug line', () => {
  it.each([
    ['INT. KITCHEN - DAY', 'S1 INT DAY KITCHEN'],
    ['EXT. PARK--DAY', 'S1 EXT DAY PARK'],
    ['EXT. BEACH-DAY', 'S1 EXT DAY BEACH'],
    ['EXT. CAMP PRE-DAWN', 'S1 EXT UNKNOWN CAMP PRE-DAWN'],
    ['INT. D-DAY', 'S1 INT UNKNOWN D-DAY'],
    ['EXT PARK – DUSK', 'S1 EXT DUSK PARK'],
    ['EST. CITY - DAWN', 'S1 EXT DAWN CITY'],
    ['INT./EXT. CAR - MOVING - CONTINUOUS', 'S1 INT_EXT SAME CAR - MOVING'],
    ['I/E. CAR - NIGHT', 'S1 INT_EXT NIGHT CAR'],
    ['INT. HOUSE', 'S1 INT UNKNOWN HOUSE'],
    ['INT. HOUSE - LATER', 'S1 INT UNKNOWN HOUSE'],
    ['INT. HOUSE, NIGHT', 'S1 INT NIGHT HOUSE'],
    ['int. house - night', 'S1 INT NIGHT house'],
    ['12A   EXT. PARK - NIGHT   12A', 'S12A EXT NIGHT PARK'],
    ['INT. HOUSE - DAY #7B#', 'S7B INT DAY HOUSE'],
    ['INT. CO-OP STORE - DAY', 'S1 INT DAY CO-OP STORE'],
    ['SCENE 12: INT. HOUSE - DAY', 'S12 INT DAY HOUSE'],
    ['Scene 3 - Ext. Park - Night', 'S3 EXT NIGHT Park'],
    ['SC.01 INT. HOUSE - DAY', 'S01 INT DAY HOUSE'],
    ['INTERIOR. OFFICE. NIGHT.', 'S1 INT NIGHT OFFICE'],
    ['Exterior - Park - Day', 'S1 EXT DAY Park'],
    ['Interior - Penthouse - Night', 'S1 INT NIGHT Penthouse'],
    ['EXTERIOR STREET - DAY', 'S1 EXT DAY STREET'],
    ['7 EXTERIOR. STREET - DAY', 'S7 EXT DAY STREET'],
    ['I./E. CAR - DAY', 'S1 INT_EXT DAY CAR'],
    ['INT - KITCHEN - DAY', 'S1 INT DAY KITCHEN'],
    ['EXT. ROOF DAY', 'S1 EXT DAY ROOF'],
    ['EXT.ROOF-NIGHT', 'S1 EXT NIGHT ROOF'],
    ['INT. CABIN MID-DAY', 'S1 INT UNKNOWN CABIN MID-DAY'],
    ['2-14 INT. ROOF - DAY', 'S2-14 INT DAY ROOF'],
    ['INT HOUSE LATE NIGHT', 'S1 INT NIGHT HOUSE'],
    ['EXT. HOUSE AT NIGHT', 'S1 EXT NIGHT HOUSE'],
    ["EXT. VALENTINE'S DAY", "S1 EXT UNKNOWN VALENTINE'S DAY"],
    ['EXT. PARK, LATER THAT NIGHT', 'S1 EXT NIGHT PARK'],
    ["INT. MEG'S COTTAGE. KITCHEN. NIGHT.", "S1 INT NIGHT MEG'S COTTAGE. KITCHEN"],
    ['EXT. HARBOUR. DAY. 1961.', 'S1 EXT DAY HARBOUR'],
    ['INT. ST. GEORGE, LATER', 'S1 INT UNKNOWN ST. GEORGE'],
    ['INT. MOTEL. ROOM 1408', 'S1 INT UNKNOWN MOTEL. ROOM 1408'],
    ['FLASHBACK - INT. BARN - DAY', 'S1 INT DAY BARN'],
    ['INT. LOFT - CONTINUOUS (DAY 1)', 'S1 INT SAME LOFT'],
    ['INT. CAR / EXT. BRIDGE - DRIVING - NIGHT', 'S1 INT_EXT NIGHT CAR / BRIDGE - DRIVING'],
    ["INT. ANN'S FLAT - NIGHT / INT. TOM'S CAR - NIGHT", "S1 INT NIGHT ANN'S FLAT / TOM'S CAR"],
    ['INT. CLUB OF THE NIGHT', 'S1 INT UNKNOWN CLUB OF THE NIGHT'],
  ])('%s', (line, expected) => {
    expect(plain(`${line}\n\nHe goes.\n`)[1]).toBe(expected);
    expect(fountain(`${line}\n\nHe goes.\n`)[1]).toBe(expected);
  });

  it.each([
    'INTERIOR MONOLOGUE of a man.',
    'INTERIOR MONOLOGUE',
    'INTERIOR DESIGNER walks in at night.',
    'Interior. She waits.',
    'Exterior walls crumble, dusk.',
    'Interior of the car, day.',
    'INTERIOR MONOLOGUE FOLLOWS, LATER',
    'Interior lights flicker. Night.',
    'EXTRA cars everywhere.',
    'CUTTER walks in.',
    'CLINT, 40, waits.',
  ])('is not: %s', (line) => {
    expect(plain(`INT. A - DAY\n\n${line}\n`).slice(1)).toEqual(['S1 INT DAY A', `action ${line}`]);
  });
});

it('Exterior in a speech cuts it nowhere', () => {
  const text = 'INT. A - DAY\n\nTOM\nListen.\nExterior shots first. Then the interior, later.\nGo.\n';
  expect(plain(text).slice(2)).toEqual(['TOM Listen. Exterior shots first. Then the interior, later. Go.']);
});

describe('a scene by its number and a name', () => {
  it('on the first line is no title page, and its name is no time', () => {
    expect(plain('Scene 3: The Longest Day\n\nHe goes.\n').slice(1)).toEqual([
      'S3 UNKNOWN UNKNOWN The Longest Day',
      'action He goes.',
    ]);
  });
});

describe('a cue', () => {
  it.each([
    ['SALLY', 'SALLY Hello.'],
    ['SALLY (V.O.)', 'SALLY/VO Hello.'],
    ['SALLY (O.S.)', 'SALLY/OS Hello.'],
    ["SALLY (CONT'D)", 'SALLY Hello.'],
    ["SALLY (V.O.) (CONT'D)", 'SALLY/VO Hello.'],
    ['SALLY (ON PHONE)', 'SALLY/PHONE(ON PHONE) Hello.'],
    ['SALLY (INTO PHONE)', 'SALLY(INTO PHONE) Hello.'],
    ['SALLY (PRE-LAP)', 'SALLY/VO Hello.'],
    ['MAN #2', 'MAN #2 Hello.'],
    ['DR. SMITH', 'DR. SMITH Hello.'],
    ['MARGARGET', 'MARGARGET Hello.'],
    ['JIM & KAY', 'JIM+KAY Hello.'],
    ['2ND GUARD', '2ND GUARD Hello.'],
    ["1ST COP (CONT'D)", '1ST COP Hello.'],
    ['7 OF 9', '7 OF 9 Hello.'],
  ])('%s', (cue, expected) => {
    expect(plain(`INT. A - DAY\n\n${cue}\nHello.\n`).at(-1)).toBe(expected);
    expect(fountain(`INT. A - DAY\n\n${cue}\nHello.\n`).at(-1)).toBe(expected);
  });

  it('a digit may be glued to it in plain text; in Fountain that wants an @', () => {
    expect(plain('INT. A - DAY\n\n3PO\nHello.\n').at(-1)).toBe('3PO Hello.');
    expect(fountain('INT. A - DAY\n\n@3PO\nHello.\n').at(-1)).toBe('3PO Hello.');
  });

  it.each(['3 DAYS LATER', '1945', '12A', '2 YEARS AGO'])('in plain text is not: %s', (line) => {
    expect(plain(`INT. A - DAY\n\n${line}\nHe waits.\n`).at(-1)).not.toMatch(new RegExp(`^${line} He`));
  });

  it.each([
    ['BOB\n42', 'BOB 42'],
    ['BOB\n***', 'BOB ***'],
    ['BOB\n(smiling)\n101.', 'BOB(smiling) 101.'],
  ])('with a bare number or stars right under it speaks them: %s', (speech, expected) => {
    const document = parseText(`INT. A - DAY\n\nANNE\nHow many?\n\n${speech}\n\nANNE\nOh.\n`, { fileName: 'a.txt' });
    expect(outline(document).slice(2)).toEqual(['ANNE How many?', expected, 'ANNE Oh.']);
    expect(document.notes).toEqual([]);
  });

  it('a number further down in a speech is the page', () => {
    const document = parseText('INT. A - DAY\n\nANNE\nI was there\n42.\nwhen it happened.\n\nBOB\nOh.\n', {
      fileName: 'a.txt',
    });
    expect(document.notes.map(({ kind, text }) => [kind, text])).toEqual([['layout', '42.']]);
  });

  it('forced in Fountain may be in small letters; a caret is a second column', () => {
    expect(fountain('@McAVOY\nYow.\n\nBRICK ^\nScrew.\n').slice(2)).toEqual(['McAVOY Yow.', 'BRICK Screw.']);
  });
});

describe('Fountain', () => {
  it('reads every mark of the format', () => {
    const text = [
      'Title: Foo\nAuthor: Bar',
      '.SNIPER SCOPE POV',
      '!ACTION FORCED',
      '~La la',
      '> Burn to white.',
      '# Act\n= synopsis',
      '[[a note]]',
      '/* bone\nyard */',
      '===',
      '> THE END <',
    ].join('\n\n');
    const document = parseText(text, { fileName: 'a.fountain' });
    expect(document.title).toBe('Foo');
    expect(outline(document)).toEqual([
      '(E1)',
      'S1 UNKNOWN UNKNOWN SNIPER SCOPE POV',
      'action ACTION FORCED',
      'lyric La la',
      'transition Burn to white.',
      'note Act',
      'note synopsis',
      'note a note',
      'note bone\nyard',
      'end THE END',
    ]);
  });

  it('in Chinese', () => {
    expect(fountain('INT. 客厅 - 日\n\n@李明\n（低声）\n有人吗？\n').slice(1)).toEqual([
      'S1 INT DAY 客厅',
      '李明(低声) 有人吗？',
    ]);
  });

  it.each([
    ['内景 客厅 - 日', 'S1 INT DAY 客厅'],
    ['.内景 客厅 - 日', 'S1 INT DAY 客厅'],
    ['外景. 街道 - 夜', 'S1 EXT NIGHT 街道'],
    ['EXT. 街道 - NIGHT', 'S1 EXT NIGHT 街道'],
    ['1-2 客厅 日 内', 'S1-2 INT DAY 客厅'],
    ['.第三场 街道 夜 外', 'S三 EXT NIGHT 街道'],
    ['.屋顶', 'S1 UNKNOWN UNKNOWN 屋顶'],
  ])('with a Chinese slug line: %s', (line, expected) => {
    expect(fountain(`${line}\n\n@沈青\n你好。\n`)).toEqual(['(E1)', expected, '沈青 你好。']);
  });

  it.each(['内景里有人在等。', '外景很美', '1-2个人走进来'])('in Chinese no slug line: %s', (line) => {
    expect(fountain(`INT. 客厅 - 日\n\n@沈青\n你好。\n\n${line}\n`).at(-1)).toBe(`action ${line}`);
  });
});

describe('a plain screenplay', () => {
  const EXPECTED = [
    '(E1)',
    'S1 INT DAY A',
    'action She waits.',
    'JOHN Hello.',
    'MARY(angry) No!',
    'S2 EXT NIGHT B',
    'action Rain.',
  ];

  it('with empty lines', () => {
    expect(
      plain('INT. A - DAY\n\nShe waits.\n\nJOHN\nHello.\n\nMARY\n(angry)\nNo!\n\nEXT. B - NIGHT\n\nRain.\n'),
    ).toEqual(EXPECTED);
  });

  it('without empty lines', () => {
    expect(plain('INT. A - DAY\nShe waits.\nJOHN\nHello.\nMARY\n(angry)\nNo!\nEXT. B - NIGHT\nRain.\n')).toEqual(
      EXPECTED,
    );
  });

  it('without empty lines, where somebody does something after speaking', () => {
    const text =
      'INT. A - DAY\nHe waits.\nJOHN\nHello.\nIt is late.\nJohn walks to the door.\nMARY\nNo!\nShe turns away.\n';
    expect(plain(text).slice(3)).toEqual([
      'JOHN Hello. It is late.',
      'action John walks to the door.',
      'MARY No!',
      'action She turns away.',
    ]);
  });

  it('by its indents, with empty lines between or not', () => {
    for (const gap of ['', '\n'])
      expect(
        plain(
          [
            'INT. A - DAY',
            'She waits.',
            '                    JOHN',
            '          Hello.',
            '                    MARY',
            '              (angry)',
            '          No!',
            'EXT. B - NIGHT',
            'Rain.',
          ].join(`\n${gap}`),
        ),
      ).toEqual(EXPECTED);
  });

  it('with labels', () => {
    expect(plain('INT. A - DAY\n\nShe waits.\n\nJOHN: Hello.\nMARY: (angry) No!\nJOHN: Why?\n').slice(2)).toEqual([
      'action She waits.',
      'JOHN Hello.',
      'MARY(angry) No!',
      'JOHN Why?',
    ]);
  });

  it('with names in small letters', () => {
    expect(
      plain('int. a - day\n\nshe waits.\n\njohn\nhello.\n\nmary\nno!\n\njohn\nwhy?\n\nmary\nso.\n').slice(2),
    ).toEqual(['action she waits.', 'john hello.', 'mary no!', 'john why?', 'mary so.']);
  });

  it('with names and a colon on lines of their own', () => {
    const text =
      'INT. A - DAY\n\nMia waits.\n\nMia:\nWhat is this?\n\nEthan (cold):\nA contract.\n\nOVER BLACK:\nA voice.\n\nMia:\nNo.\n\nETHAN:\n(sighs)\nSign it.\n\nNote:\nOne.\n\nNote:\nTwo.\n';
    expect(plain(text).slice(2)).toEqual([
      'action Mia waits.',
      'Mia What is this?',
      'Ethan(cold) A contract.',
      'shot OVER BLACK:',
      'action A voice.',
      'Mia No.',
      'ETHAN(sighs) Sign it.',
      'action Note: One.',
      'action Note: Two.',
    ]);
  });

  it('with marks of its own', () => {
    const text =
      'INT. A - DAY\n\nSUPER: "Three years later"\n\nINSERT - LETTER\n\nANGLE ON: the door\n\nFLASHBACK TO:\n\nHe runs.\n\nEND FLASHBACK\n\nCUT TO:\n\nTHE END\n';
    expect(plain(text).slice(2)).toEqual([
      'caption Three years later',
      'shot INSERT - LETTER',
      'shot ANGLE ON: the door',
      'flashback_start FLASHBACK TO:',
      'action He runs.',
      'flashback_end END FLASHBACK',
      'transition CUT TO:',
      'end THE END',
    ]);
  });

  it('with a cover', () => {
    const document = parseText('THE BIG SHOW\n\nWritten by\nJane Doe\n\nFADE IN:\n\nINT. A - DAY\n\nRain.\n', {
      fileName: 'a.txt',
    });
    expect(document.title).toBe('THE BIG SHOW');
    expect(document.notes.map(({ text }) => text)).toEqual(['THE BIG SHOW', 'Written by', 'Jane Doe']);
  });

  it('with a title alone above it', () => {
    const document = parseText('THE BIG SHOW\n\nFADE IN:\n\nINT. A - DAY\n\nRain.\n', { fileName: 'a.txt' });
    expect(document.title).toBe('THE BIG SHOW');
    expect(document.notes.map(({ text }) => text)).toEqual(['THE BIG SHOW']);
  });

  it('of several episodes', () => {
    const text =
      'EPISODE 1\n"Pilot"\n\nINT. BAR - NIGHT\n\nJOE\nDrink?\n\nEPISODE 2\n\nINT. BAR - DAY\n\nJOE\nAgain?\n';
    expect(plain(text)).toEqual(['E1 Pilot', 'S1 INT NIGHT BAR', 'JOE Drink?', 'E2', 'S1 INT DAY BAR', 'JOE Again?']);
  });

  it('with page numbers, (MORE) and CONTINUED, which are layout', () => {
    const text = "INT. A - DAY\n\nJOHN\nHello.\n(MORE)\n\n12.\n\nCONTINUED:\n\nJOHN (CONT'D)\nBye.\n";
    const document = parseText(text, { fileName: 'a.txt' });
    expect(outline(document).slice(2)).toEqual(['JOHN Hello.', 'JOHN Bye.']);
    expect(document.notes.map(({ text: words }) => words)).toEqual(['(MORE)', '12.', 'CONTINUED:']);
  });
});

describe('a slug line with more behind its time', () => {
  const scene = (line: string) => {
    const { number, intExt, time, timeText, location } = parseText(`${line}\n\nRain.`).episodes[0]!.scenes[0]!;
    return [number, intExt, time, timeText, location].join(' | ');
  };

  it.each([
    ['EXT. MANSION STEPS – NIGHT – RAIN', '1 | EXT | NIGHT | NIGHT - RAIN | MANSION STEPS'],
    ['INT. HOUSE - DAY - KITCHEN', '1 | INT | DAY | DAY | HOUSE - KITCHEN'],
    ['INT. CAR - NIGHT - MOVING', '1 | INT | NIGHT | NIGHT - MOVING | CAR'],
    ['INT. COPPER KETTLE - DAY                    (A)', 'A | INT | DAY | DAY | COPPER KETTLE'],
    ['INT. APARTMENT - THAT NIGHT (B)', 'B | INT | NIGHT | THAT NIGHT | APARTMENT'],
    ['INT. DAY SPA - LOBBY', '1 | INT | UNKNOWN |  | DAY SPA - LOBBY'],
  ])('%s', (line, told) => {
    expect(scene(line)).toBe(told);
  });
});

it('(O.O.V.) is out of vision in British scripts', () => {
  expect(outline(parseText('INT. HALL. DAY.\n\nNELL (O.O.V.)\nEighteen.\n\nMALLORY\nWho?')).slice(2)).toEqual([
    'NELL/OS Eighteen.',
    'MALLORY Who?',
  ]);
});

describe('a play', () => {
  it('has directions in round brackets in paragraphs of their own, which nobody says and which are no place', () => {
    const text = [
      'THE LAST TRAM',
      'CHARACTERS\nESTHER, seventies\nJONAH, twenties',
      'SCENE ONE',
      '(Lights up. ESTHER sits on the bench.\nJONAH enters.)',
      'JONAH: Has it gone?',
      'ESTHER: Has what gone?',
      '(Pause.)',
      'JONAH: The tram. (He checks his phone.) Midnight.',
      'ESTHER: It went in 1962, love.',
      '(Blackout.)',
      'END OF PLAY',
    ].join('\n\n');
    expect(outline(parseText(text)).slice(1)).toEqual([
      'SONE UNKNOWN UNKNOWN',
      'action Lights up. ESTHER sits on the bench. JONAH enters.',
      'JONAH Has it gone?',
      'ESTHER Has what gone?',
      'action Pause.',
      'JONAH The tram. (He checks his phone.) Midnight.',
      'ESTHER It went in 1962, love.',
      'action Blackout.',
      'end END OF PLAY',
    ]);
  });

  it('keeps a place in round brackets below the heading of its scene', () => {
    const people = 'THE LAST TRAM\n\nCHARACTERS\nESTHER, seventies\nJONAH, twenties\n\n';
    const scenes =
      'SCENE ONE\n(A bench in the park.)\n\nJONAH: Has it gone?\n\nESTHER: It went.\n\nSCENE TWO\n\n(A phone rings.)\n\nJONAH: Now?\n\nESTHER: No.\n\nJONAH: When?';
    expect(outline(parseText(people + scenes)).slice(1)).toEqual([
      'SONE EXT UNKNOWN (A bench in the park.)',
      'JONAH Has it gone?',
      'ESTHER It went.',
      'STWO UNKNOWN UNKNOWN',
      'action A phone rings.',
      'JONAH Now?',
      'ESTHER No.',
      'JONAH When?',
    ]);
  });

  it('of acts and scenes, with a list of persons, contents, directions in mid-speech', () => {
    const text = [
      'THE PLAY',
      'Contents\n\nACT I\nScene I. A Room.\nScene II. A Street.',
      'Dramatis Personæ\n\nANN, a lady.\nBOB, her brother.',
      'ACT I',
      'SCENE I. A Room.',
      ' Enter Ann and Bob.',
      'ANN.\nGood morrow, brother.\n[_Sits._]\nWhat news?',
      'BOB. [_Aside._] None at all.',
      'ANN.\nSpeak.',
      'BOB.\nNo.',
      'SCENE II. A Street.',
      'BOB.\nNight comes.',
      'THE END',
    ].join('\n\n');
    const document = parseText(text, { fileName: 'a.txt' });
    expect(document.title).toBe('THE PLAY');
    expect(document.biographies.map(({ name }) => name)).toEqual(['ANN', 'BOB']);
    expect(outline(document)).toEqual([
      'E1 ACT I',
      'SI.I INT UNKNOWN A Room',
      'action Enter Ann and Bob.',
      'ANN(Sits.) Good morrow, brother.\nWhat news?',
      'BOB(Aside.) None at all.',
      'ANN Speak.',
      'BOB No.',
      'SI.II EXT UNKNOWN A Street',
      'BOB Night comes.',
      'end THE END',
    ]);
  });

  it('of scenes alone, with labels', () => {
    const text =
      'SCENE 1. A garden. Morning.\n\nJOHN: Hello there.\nMARY: (laughing) Hi.\n\nSCENE 2. The hall.\n\nJOHN: Bye.\n\nMARY: Bye.\n';
    const lines = outline(parseText(text, { fileName: 'a.txt' }));
    expect(lines).toEqual([
      '(E1)',
      'S1 EXT DAWN A garden. Morning',
      'JOHN Hello there.',
      'MARY(laughing) Hi.',
      'S2 INT UNKNOWN The hall',
      'JOHN Bye.',
      'MARY Bye.',
    ]);
  });
});

describe('vertical drama in English', () => {
  it('with a number above each slug line and names in small letters before a colon', () => {
    const text = [
      'EPISODE 1',
      '',
      'SCENE 1',
      'INT. HOSPITAL - NIGHT',
      '',
      'Lena slumps against the wall.',
      '',
      'Lena: How long does he have?',
      'Dr. Chen: Three months.',
      'Lena (V.O.): I had three months.',
      '',
      'SCENE 2',
      'EXT. ROOFTOP - NIGHT',
      '',
      'Adrian: (flat) Marry me.',
      'Note: rain begins here.',
    ].join('\n');
    expect(plain(text)).toEqual([
      'E1',
      'S1 INT NIGHT HOSPITAL',
      'action Lena slumps against the wall.',
      'Lena How long does he have?',
      'Dr. Chen Three months.',
      'Lena/VO I had three months.',
      'S2 EXT NIGHT ROOFTOP',
      'Adrian(flat) Marry me.',
      'action Note: rain begins here.',
    ]);
  });

  it('pasted from Markdown', () => {
    const text = [
      '# THE CONTRACT BRIDE',
      '',
      '## EPISODE 1: THE BILL',
      '',
      '**INT. HOSPITAL - NIGHT**',
      '',
      '*LENA (24) slumps against the wall.*',
      '',
      '**LENA:** How long does he have?',
      '',
      '**DR. CHEN:** (softly) Three months.',
      '',
      '**LENA (V.O.):** I had thirty dollars.',
      '',
      '---',
      '',
      '### Scene 2: Rooftop, night',
      '',
      '**ADRIAN**',
      '(flat)',
      'Marry me.',
    ].join('\n');
    expect(plain(text)).toEqual([
      'E1 THE BILL',
      'S1 INT NIGHT HOSPITAL',
      'action LENA (24) slumps against the wall.',
      'LENA How long does he have?',
      'DR. CHEN(softly) Three months.',
      'LENA/VO I had thirty dollars.',
      'S2 UNKNOWN NIGHT Rooftop',
      'ADRIAN(flat) Marry me.',
    ]);
    expect(parseText(text).title).toBe('THE CONTRACT BRIDE');
  });

  it('pasted from Markdown with speeches as a list or a quotation, and a table', () => {
    const text = [
      'INT. HOUSE - DAY',
      '',
      '- EMMA: Hi there.',
      '- LUCAS: Hey.',
      '',
      '> **EMMA:** You are late.',
      '',
      '- The door opens: nobody.',
      '',
      '> CUT TO:',
      '',
      '| Shot | Dialogue |',
      '|---|---|',
      '| 1 | EMMA: Stop! |',
      '| 2 | LUCAS: No. |',
    ].join('\n');
    const document = parseText(text, { fileName: 'a.md' });
    expect(outline(document).slice(2)).toEqual([
      'EMMA Hi there.',
      'LUCAS Hey.',
      'EMMA You are late.',
      'action - The door opens: nobody.',
      'transition CUT TO:',
      'note Shot Dialogue',
      'action 1 EMMA: Stop!',
      'action 2 LUCAS: No.',
    ]);
    expect(document.notes.map(({ kind, text: words }) => [kind, words])).toEqual([['layout', '|---|---|']]);
  });

  it('with names in capitals and in small letters before a colon: one person, and SFX is nobody', () => {
    const text = 'INT. A - DAY\n\nJOHN: Where?\n\nMARY: Here.\n\nJohn (low): Thanks.\n\nJOHN: So.\n\nSFX: BOOM\n';
    expect(plain(text).slice(2)).toEqual(['JOHN Where?', 'MARY Here.', 'John(low) Thanks.', 'JOHN So.', 'sound BOOM']);
  });

  it('with one name in small letters: only names in capitals elsewhere are people', () => {
    const text =
      'INT. OFFICE - DAY\n\nMARA: You came.\nTOM: I had to.\nMARA: Sit.\nTOM: Fine.\n\n' +
      'Tom looks at the note. It reads:\nTom: I know what you did.\n\nCaption: later.\n\nBehind him: a shadow.\n\n' +
      'Inside: nothing.\n\nThree words: I love you.\n\nThen: silence.\n';
    expect(plain(text).slice(2)).toEqual([
      'MARA You came.',
      'TOM I had to.',
      'MARA Sit.',
      'TOM Fine.',
      'action Tom looks at the note. It reads:',
      'Tom I know what you did.',
      'action Caption: later.',
      'action Behind him: a shadow.',
      'action Inside: nothing.',
      'action Three words: I love you.',
      'action Then: silence.',
    ]);
  });

  it('with an author or a camera who speaks again and again: somebody; SFX is nobody however often', () => {
    const text =
      'INT. A - DAY\n\nAUTHOR: I am the author.\nTOM: So?\nCAMERA: I see you.\nAUTHOR: Well.\nCAMERA: I do.\n\nSFX: BOOM\n\nSFX: CRASH\n';
    expect(plain(text).slice(2)).toEqual([
      'AUTHOR I am the author.',
      'TOM So?',
      'CAMERA I see you.',
      'AUTHOR Well.',
      'CAMERA I do.',
      'sound BOOM',
      'sound CRASH',
    ]);
  });

  it('whose sentences have colons, and nobody speaks so, stays action', () => {
    expect(plain('INT. A - DAY\n\nOne thing is sure: he is late.\n\nHe reads: a letter.\n').slice(2)).toEqual([
      'action One thing is sure: he is late.',
      'action He reads: a letter.',
    ]);
  });
});

describe('a shooting script with scene numbers at the left margin', () => {
  const at = (columns: number, words: string) => `${' '.repeat(columns)}${words}\n`;
  const scene = (heading: string, action: number) =>
    `${heading}\n\n${at(action, 'John enters.')}\n${at(25, 'JOHN')}${at(15, 'How old are you?')}\n` +
    `${at(action, 'He leaves.')}\n${at(25, 'MARY')}${at(15, 'Wait!')}\n${at(action, 'She runs.')}\n`;
  const read = (number: string) => [
    `S${number} INT DAY HOUSE`,
    'action John enters.',
    'JOHN How old are you?',
    'action He leaves.',
    'MARY Wait!',
    'action She runs.',
  ];

  it.each([0, 5])('action at column %i stays action behind a speech', (action) => {
    const text = scene('1    INT. HOUSE - DAY          1', action) + scene('2    INT. HOUSE - DAY          2', action);
    expect(plain(text)).toEqual(['(E1)', ...read('1'), ...read('2')]);
  });
});

describe('a file that opens with its episode', () => {
  it.each([
    ['EPISODE 5', 5],
    ['EPISODE FIVE', 5],
    ['CHAPTER TWO', 2],
  ])('%s keeps the number', (line, number) => {
    const text = `${line}\n\nINT. BAR - NIGHT\n\nANNE\nHello.\n`;
    for (const fileName of ['a.txt', 'a.fountain']) {
      const { title, notes, episodes } = parseText(text, { fileName });
      expect({ title, notes, numbers: episodes.map((one) => one.number) }).toEqual({
        title: 'a',
        notes: [],
        numbers: [number],
      });
    }
  });

  it('other words in capitals are the title still', () => {
    const { title } = parseText('THE FIFTH EPISODE\n\nINT. BAR - NIGHT\n\nANNE\nHello.\n', { fileName: 'a.txt' });
    expect(title).toBe('THE FIFTH EPISODE');
  });
});

describe('a script without empty lines before its cues', () => {
  const text = [
    'EPISODE 1: THE CONTRACT',
    '',
    'INT - TOWER, LOBBY - DAY',
    'Mia rushes in with a tray of coffee. She slams into ETHAN, who is tall and cold and wears a white suit.',
    'MIA',
    "Oh my God. I'm so sorry, sir!",
    'ETHAN',
    '(ice cold)',
    'One year. Then you are free.',
    'His phone BUZZES. On screen: GRANDMA.',
    'MIA',
    'More than my rent?',
    'VIVIAN enters, heels clicking.',
    'VIVIAN',
    'Throw her out.',
    'ETHAN',
    'Wait.',
    'VIVIAN',
    'Why?',
    'FREEZE FRAME.',
    'TO BE CONTINUED...',
    '',
    'EPISODE 2',
    '',
    'EXT. ROOF - NIGHT',
    'MIA',
    'No.',
    'END OF EPISODE 2',
  ].join('\n');

  it('gives every speech to who says it, and what is done in between to nobody', () => {
    expect(plain(text)).toEqual([
      'E1 THE CONTRACT',
      'S1 INT DAY TOWER, LOBBY',
      'action Mia rushes in with a tray of coffee. She slams into ETHAN, who is tall and cold and wears a white suit.',
      "MIA Oh my God. I'm so sorry, sir!",
      'ETHAN(ice cold) One year. Then you are free.',
      'action His phone BUZZES. On screen: GRANDMA.',
      'MIA More than my rent?',
      'action VIVIAN enters, heels clicking.',
      'VIVIAN Throw her out.',
      'ETHAN Wait.',
      'VIVIAN Why?',
      'shot FREEZE FRAME.',
      'end TO BE CONTINUED...',
      'E2',
      'S1 EXT NIGHT ROOF',
      'MIA No.',
      'end END OF EPISODE 2',
    ]);
  });
});

describe('a sitcom for several cameras', () => {
  const text = [
    '          "ROOMMATES WANTED"',
    '',
    '          "The Bathroom"',
    '',
    '               COLD OPEN',
    '',
    'FADE IN:',
    '',
    'INT. FLAT - DAY (DAY 1)',
    '(Gus, Dee)',
    '',
    '(GUS IS ON THE COUCH.)',
    '',
    '                    DEE',
    '',
    '          Some of us have jobs, Gus!',
    '',
    'SFX: TOILET FLUSHES',
    '',
    '                    GUS',
    '',
    '          (BRIGHT) Morning!',
    '',
    '                    DEE',
    '',
    '          You!',
    '',
    '               ACT ONE',
    '',
    '               SCENE B',
    '',
    'INT. SHOP - CONTINUOUS (DAY 1)',
    '(Gus, Barista)',
    '',
    '                    GUS',
    '',
    '          Tea.',
    '',
    '               END OF ACT ONE',
  ].join('\n');

  it('has a title in two parts, cast lists in brackets, lettered scenes, and acts that nobody says', () => {
    const document = parseText(text, { fileName: 'a.txt' });
    expect(document.title).toBe('ROOMMATES WANTED');
    expect(outline(document).slice(1)).toEqual([
      'note COLD OPEN',
      'transition FADE IN:',
      'S1 INT DAY FLAT [Gus Dee]',
      'action (GUS IS ON THE COUCH.)',
      'DEE Some of us have jobs, Gus!',
      'sound TOILET FLUSHES',
      'GUS(BRIGHT) Morning!',
      'DEE You!',
      'note ACT ONE',
      'SB INT SAME SHOP [Gus Barista]',
      'GUS Tea.',
      'note END OF ACT ONE',
    ]);
  });

  it('has no scene by a letter without a slug line', () => {
    const lines = outline(parseText(`${text}\n\nSCENE C\n\nHe walks.`, { fileName: 'a.txt' }));
    expect(lines.slice(-2)).toEqual(['action SCENE C', 'action He walks.']);
  });
});

it('a radio play with slug lines behind its scene numbers is read by them; its effects are heard and speak no line', () => {
  const text = [
    'THE LAMP',
    '',
    'A radio play by Joan Eddery',
    '',
    'CAST:',
    'MARGARET PENHALIGON, a widow',
    'RAVI, her son',
    '',
    'SCENE 1: INT. COTTAGE. NIGHT.',
    '',
    'FX: RAIN.',
    '',
    'MARGARET: (CALLING) Coming.',
    '',
    'RAVI: (OFF) Mum!',
    '',
    'MARGARET (V.O.): I knew that voice.',
    '',
    'MARGARET: Come in.',
    '',
    'CROSSFADE TO:',
    '',
    'SCENE 2: EXT. PATH. DAY.',
    '',
    'RAVI: Look.',
    '',
    'END',
  ].join('\n');
  const document = parseText(text, { fileName: 'a.txt' });
  expect(document.title).toBe('THE LAMP');
  expect(document.biographies.map(({ name }) => name)).toEqual(['MARGARET PENHALIGON', 'RAVI']);
  expect(outline(document).slice(1)).toEqual([
    'S1 INT NIGHT COTTAGE',
    'sound RAIN.',
    'MARGARET(CALLING) Coming.',
    'RAVI/OS Mum!',
    'MARGARET/VO I knew that voice.',
    'MARGARET Come in.',
    'transition CROSSFADE TO:',
    'S2 EXT DAY PATH',
    'RAVI Look.',
    'end END',
  ]);
});

it('headers, CONTINUED and omitted scenes of a plain shooting script are nobody’s action', () => {
  const text = [
    '1         EXT. HARBOR - NIGHT                                       1',
    '',
    '          Fog.',
    '',
    '                              PIP',
    '                    Like a clock.',
    '',
    '          Night Ferry - Second Draft                            2.',
    '',
    '1         CONTINUED:                                                1',
    '',
    '                              PIP',
    '                    Only faster.',
    '',
    '2         OMITTED                                                   2',
    '',
    '3         EXT. DECK - DAY                                           3',
    '',
    '          Sun.',
  ].join('\n');
  const document = parseText(text, { fileName: 'a.txt' });
  expect(outline(document).slice(1)).toEqual([
    'S1 EXT NIGHT HARBOR',
    'action Fog.',
    'PIP Like a clock.',
    'PIP Only faster.',
    expect.stringMatching(/^note 2 +OMITTED +2$/),
    'S3 EXT DAY DECK',
    'action Sun.',
  ]);
  expect(document.notes.map(({ kind }) => kind)).toEqual(['layout', 'layout']);
});

it('a sentence that goes on behind a gap is no header of a page', () => {
  expect(plain('INT. A - DAY\n\nHe counts slowly:      10.\n').slice(2)).toEqual(['action He counts slowly:      10.']);
});

it('what is done while somebody sings stays with the song', () => {
  const song = parseText('INT. A - DAY\n\nMUM\n(dancing)\n~Apple red\n', { fileName: 'a.fountain' });
  const [lyric] = song.episodes[0]!.scenes[0]!.elements.filter(({ kind }) => kind !== 'heading');
  expect(lyric).toMatchObject({ kind: 'lyric', text: 'Apple red', speakers: ['MUM'], paren: 'dancing' });
});

it.each([
  ['TITLE OVER BLACK: "The End?"', 'caption The End?'],
  ['TEXT ON SCREEN: "Come home."', 'caption Come home.'],
  ['SMASH TO BLACK.', 'transition SMASH TO BLACK.'],
  ['BACK TO KITCHEN', 'shot BACK TO KITCHEN'],
])('a line that says what it is by its own words: %s', (line, expected) => {
  expect(plain(`INT. A - DAY\n\nHe goes.\n\n${line}\n\nHe comes.\n`)[3]).toBe(expected);
});

it('a slug line behind FLASHBACK keeps that word', () => {
  const document = parseText('FLASHBACK - INT. BARN - DAY\n\nHay.\n', { fileName: 'a.txt' });
  expect(document.episodes[0]!.scenes[0]).toMatchObject({ heading: 'FLASHBACK - INT. BARN - DAY', location: 'BARN' });
});

describe('words that close a script or a shot elsewhere', () => {
  const far = ' '.repeat(20);
  const near = ' '.repeat(10);

  it('are said where a wrapped speech ends with them', () => {
    const text = `INT. ROOM - DAY\n\n${far}JOHN\n${near}This is where it all comes to an\n${near}end.\n\n${far}MARY\n${near}No.\n`;
    expect(plain(text).slice(2)).toEqual(['JOHN This is where it all comes to an end.', 'MARY No.']);
  });

  it.each(['End.', 'To be continued...', 'BACK TO WORK.'])('are said right under a cue: %s', (words) => {
    expect(plain(`INT. ROOM - DAY\n\nBOSS\n${words}\n\nTOM\nFine.\n`).slice(2)).toEqual([`BOSS ${words}`, 'TOM Fine.']);
  });
});

it('a saying in the second line of a speech is said, in a script without empty lines', () => {
  const long =
    'She looks at the letter and puts it away again because it is only from her mother, who writes every week.';
  const text = `INT. BAR - NIGHT\nTom walks in.\nTOM\nFine.\nNobody loves a loser.\nANNA\nSure.\n${long}\nTOM\nBye.\nANNA\nBye.\n`;
  expect(plain(text)).toContain('TOM Fine. Nobody loves a loser.');
});
