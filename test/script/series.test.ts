// Series in English: episodes keep the numbers they are given, whatever stands before the first one or right above a heading.
import { describe, expect, it } from 'vitest';
import { type Document, parse, parseText } from '../../core/script/index.ts';
import { outline } from './outline.ts';

const read = (text: string, fileName = 'a.txt') => parseText(text, { fileName });
const notes = ({ notes: all }: Document) => all.map(({ kind, text }) => `${kind} ${text}`);
const EPISODES = 'INT. BAR - NIGHT\n\nEMMA\nHello.\n\n';

describe('what stands before the first episode', () => {
  it('is front matter: title, synopsis and people are read, and the numbers stay', () => {
    const document = read(
      `THE CONTRACT\n\nLogline: A girl signs a deal.\n\nCHARACTERS\nEMMA (20s), a waitress.\nLucas – a CEO.\nHe hides.\nAge: 35\n\nEPISODE 1\n\n${EPISODES}EPISODE 2\n\n${EPISODES}`,
    );
    const scene = ['S1 INT NIGHT BAR', 'EMMA Hello.'];
    expect(outline(document)).toEqual(['E1', ...scene, 'E2', ...scene]);
    expect({ title: document.title, synopsis: document.synopsis, warnings: document.warnings }).toEqual({
      title: 'THE CONTRACT',
      synopsis: 'A girl signs a deal.',
      warnings: [],
    });
    expect(document.biographies.map(({ name, text }) => [name, text])).toEqual([
      ['EMMA', 'EMMA (20s), a waitress.'],
      ['Lucas', 'Lucas – a CEO.\nHe hides.\nAge: 35'],
    ]);
    expect(document.notes).toHaveLength(7);
  });

  it('in Fountain and in Markdown too', () => {
    const fountain = read(
      `Title: X\n\n# Characters\n\nEMMA is a waitress.\n\n# Episode 1\n\n${EPISODES}`,
      'a.fountain',
    );
    const markdown = read(
      `# X\n\n## Characters\n\n| Name | Age |\n|---|---|\n| Emma | 24 |\n\n## Episode 1\n\n${EPISODES}`,
      'a.md',
    );
    for (const { title, episodes, biographies } of [fountain, markdown])
      expect([title, episodes.map(({ number }) => number), biographies.length]).toEqual(['X', [1], 1]);
    expect(markdown.biographies[0]!.text).toBe('Emma, 24');
  });

  it('may list the episodes', () => {
    const document = read(
      `EPISODES\nEpisode 1: The Bar\nEpisode 2: The Lie\n\nEPISODE 1: THE BAR\n\n${EPISODES}EPISODE 2: THE LIE\n\n${EPISODES}`,
    );
    expect(document.episodes.map(({ number, title }) => [number, title])).toEqual([
      [1, 'THE BAR'],
      [2, 'THE LIE'],
    ]);
  });

  it('is script when it has a slug line or is called a teaser; then it takes no number that is written', () => {
    for (const before of ['INT. ATTIC - NIGHT\n\nEMMA\nRun!\n\n', 'COLD OPEN\n\nEMMA\nRun!\n\n']) {
      const { episodes, warnings } = read(`${before}EPISODE 1\n\n${EPISODES}EPISODE 2\n\n${EPISODES}`);
      expect(episodes.map(({ number }) => number)).toEqual([3, 1, 2]);
      expect(warnings).toEqual([]);
    }
  });

  it('is script when no slug line tells it apart and the first heading is not of episode 1', () => {
    const document = read('EMMA\nHello there.\n\nLUCAS\nHi.\n\nEPISODE 2\n\nEMMA\nHello again.\n');
    expect(outline(document)).toEqual([
      '(E1)',
      'S? UNKNOWN UNKNOWN',
      'EMMA Hello there.',
      'LUCAS Hi.',
      'E2',
      'S? UNKNOWN UNKNOWN',
      'EMMA Hello again.',
    ]);
  });
});

describe('a speech before the first episode', () => {
  const before2 = 'A dark stage.\n\nJOHN\nWe open.\n\nMARA\nYes we do.\n\nJohn moves to the window.\n\n';
  const coldOpen = 'MARA\nYou came.\n\nTOM\nI had to.\n\n';

  it.each(['a.txt', 'a.fountain'])('is script, whatever the number below it: %s', (fileName) => {
    const second = read(`${before2}EPISODE 2\n\nINT. HOUSE - DAY\n\nJOHN\nNext.\n`, fileName);
    expect(outline(second)).toEqual([
      '(E1)',
      'S? UNKNOWN UNKNOWN',
      'action A dark stage.',
      'JOHN We open.',
      'MARA Yes we do.',
      'action John moves to the window.',
      'E2',
      'S1 INT DAY HOUSE',
      'JOHN Next.',
    ]);
    const first = outline(read(`${coldOpen}EPISODE 1\n\n${EPISODES}`, fileName));
    expect(first.slice(1, 4)).toEqual(['S? UNKNOWN UNKNOWN', 'MARA You came.', 'TOM I had to.']);
    expect(first.slice(-3)).toEqual(['E1', 'S1 INT NIGHT BAR', 'EMMA Hello.']);
  });

  it('is script behind a title and a synopsis too, and prose before another episode than the first', () => {
    const told = outline(read(`THE DEAL\n\nLogline: A girl signs.\n\n${coldOpen}EPISODE 1\n\n${EPISODES}`));
    expect(told).toContain('TOM I had to.');
    expect(outline(read(`A dark stage.\n\nEPISODE 2\n\n${EPISODES}`))).toContain('action A dark stage.');
  });

  it('is none in a list of people, nor a title with a line below', () => {
    for (const lines of ['CHARACTERS\n\nEMMA\nA waitress.\n\n', 'THE DEAL\nA vertical drama\n\nLOGLINE\nA girl.\n\n'])
      for (const number of [1, 11])
        expect(outline(read(`${lines}EPISODE ${number}\n\n${EPISODES}`))[0]).toBe(`E${number}`);
  });
});

describe('an episode heading', () => {
  it.each([
    ['Episode 1: The Deal', 1, 'The Deal'],
    ['EPISODE ONE – THE DEAL', 1, 'THE DEAL'],
    ['EP. 4', 4, ''],
    ['Ep 5 – Fire', 5, 'Fire'],
  ])('on the first line is no entry of a title page: %s', (line, number, title) => {
    const document = read(`${line}\n\n${EPISODES}`);
    expect(document.notes).toEqual([]);
    expect(document.episodes.map((episode) => [episode.number, episode.title])).toEqual([[number, title]]);
  });

  it('ends a cover', () => {
    const document = read(`THE DEAL\nby Jane\nEPISODE 3\n${EPISODES}`);
    expect(notes(document)).toEqual(['front_matter THE DEAL', 'front_matter by Jane']);
    expect(outline(document)[0]).toBe('E3');
  });

  it.each([
    ['a speech', 'LUCAS\nBye.\nEPISODE 2\n\nEXT. ROAD - DAY', 'LUCAS Bye.'],
    ['a speech with a label', 'EMMA: A.\nLUCAS: B.\nEMMA: C.\nLUCAS: Bye.\nEpisode 2\nEXT. ROAD - DAY', 'LUCAS Bye.'],
    ['action', 'She signs.\nEPISODE 2: THE LIE\n\nThe road.', 'action She signs.'],
    ['action, with its title below', 'She signs.\nEpisode 2\n"The Lie"\nEXT. ROAD - DAY', 'action She signs.'],
  ])('needs no empty line below %s', (_, lines, before) => {
    const read2 = outline(read(`EPISODE 1\n\n${EPISODES}${lines}\n\nRain.\n`));
    const at = read2.findIndex((line) => line.startsWith('E2'));
    expect(read2[at - 1]).toBe(before);
  });

  it('needs none in a script without empty lines', () => {
    expect(
      outline(read('EPISODE 1\nINT. BAR - DAY\nEMMA\nHi.\nEPISODE 2\nEMMA enters.\nINT. BAR - DAY\nEMMA\nBye.\n')),
    ).toEqual([
      'E1',
      'S1 INT DAY BAR',
      'EMMA Hi.',
      'E2',
      'S? UNKNOWN UNKNOWN',
      'action EMMA enters.',
      'S2 INT DAY BAR',
      'EMMA Bye.',
    ]);
  });

  it.each([
    ['LUCAS\nEpisode 2.', 'LUCAS Episode 2.'],
    ['LUCAS\nEPISODE 5', 'LUCAS EPISODE 5'],
    ['LUCAS\nI saw\nEpisode 5\nyesterday.', 'LUCAS I saw Episode 5 yesterday.'],
    ['Episode 5 is on the TV.', 'action Episode 5 is on the TV.'],
    ['She watches\nEpisode 5\nagain.', 'action She watches Episode 5 again.'],
  ])('is not: %s', (lines, expected) => {
    expect(outline(read(`${EPISODES}${lines}\n\nEMMA\nOh.\n`)).slice(3)).toEqual([expected, 'EMMA Oh.']);
  });
});

describe('FADE IN and a caption before the first slug line', () => {
  it.each(['a.txt', 'a.fountain'])('open no scene of their own: %s', (fileName) => {
    const text =
      'EPISODE 1\n\nFADE IN:\n\nSUPER: "Paris"\n\nINT. BAR - NIGHT\n\nRain.\n\nCUT TO:\n\nEXT. ROAD - DAY\n\nSun.\n';
    expect(outline(read(text, fileName))).toEqual([
      'E1',
      'transition FADE IN:',
      'caption Paris',
      'S1 INT NIGHT BAR',
      'action Rain.',
      'transition CUT TO:',
      'S2 EXT DAY ROAD',
      'action Sun.',
    ]);
  });
});

describe('Final Draft', () => {
  const fdx = (...paragraphs: [type: string, text: string][]) =>
    parse(
      Buffer.from(
        `<?xml version="1.0"?><FinalDraft><Content>${paragraphs.map(([type, text]) => `<Paragraph Type="${type}"><Text>${text}</Text></Paragraph>`).join('')}</Content></FinalDraft>`,
      ),
      'a.fdx',
    );

  it('opens episodes at scene headings and at actions that are nothing else', async () => {
    const document = await fdx(
      ['New Act', 'ACT ONE'],
      ['Scene Heading', '第1集'],
      ['Scene Heading', '1-1 客厅 日 内'],
      ['Action', 'EPISODE 9'],
      ['Action', 'Episode 9 plays.'],
      ['Scene Heading', 'EPISODE TWO'],
      ['Action', 'FADE IN:'],
      ['Scene Heading', '内景 客厅 - 夜'],
      ['Action', 'EPISODE 3'],
      ['Scene Heading', 'INT. HOUSE - DAY'],
      ['Scene Heading', '第4集第1场 夜 外 街道'],
      ['Scene Heading', '第4集第2场 日 内 客厅'],
    );
    expect(outline(document)).toEqual([
      'E1',
      'S1-1 INT DAY 客厅',
      'action EPISODE 9',
      'action Episode 9 plays.',
      'E2',
      'transition FADE IN:',
      'S1 INT NIGHT 客厅',
      'E3',
      'S1 INT DAY HOUSE',
      '(E4)',
      'S1 EXT NIGHT 街道',
      'S2 INT DAY 客厅',
    ]);
    expect(notes(document)).toEqual(['front_matter ACT ONE']);
  });

  it('opens no scene for COLD OPEN, nor for one that was taken out', async () => {
    const document = await fdx(
      ['Action', 'COLD OPEN'],
      ['Scene Heading', 'INT. HOUSE - DAY'],
      ['Action', 'Rain.'],
      ['Scene Heading', 'OMITTED'],
      ['Scene Heading', 'EXT. ROAD - NIGHT'],
      ['Action', 'Sun.'],
    );
    expect(outline(document)).toEqual([
      '(E1)',
      'note COLD OPEN',
      'S1 INT DAY HOUSE',
      'action Rain.',
      'note OMITTED',
      'S2 EXT NIGHT ROAD',
      'action Sun.',
    ]);
  });

  it('opens no scene for FADE IN before the first heading', async () => {
    for (const type of ['Action', 'Transition']) {
      const document = await fdx([type, 'FADE IN:'], ['Scene Heading', 'INT. HOUSE - DAY'], ['Action', 'Rain.']);
      expect(outline(document)).toEqual(['(E1)', 'transition FADE IN:', 'S1 INT DAY HOUSE', 'action Rain.']);
    }
  });
});
