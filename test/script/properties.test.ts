// What holds for every text, whatever it is: no line is lost or read twice, places point at the words, ids stay.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../core/platform/failure.ts';
import { type Document, type Element, parse, parseText } from '../../core/script/index.ts';

const NAMES = ['fountain', 'txt', 'md'].map((extension) => `a.${extension}`);

/** Lines of every shape that some grammar gives a meaning. */
const SHAPES = [
  [
    '',
    ' ',
    '  ',
    '\t',
    '　',
    '---',
    '***',
    '===',
    '```',
    '# ',
    '## 人物小传',
    '【正文】',
    '《甲》',
    '| a | b |',
    '\u200b',
  ],
  [
    '第1集',
    '第2集 重逢',
    '第一集：标题',
    '【第3集】',
    '第1集',
    '1.起初',
    'EPISODE 1',
    '# EPISODE 2',
    '集数：1',
    '第一幕',
    '楔子',
  ],
  [
    '1-1 日 内 客厅',
    '1-2',
    '客厅 夜 外',
    '场景1',
    '时间：日',
    '地点：客厅',
    '+场 走廊',
    '内景. 咖啡馆 - 日',
    '3.1 教室 内 日',
  ],
  [
    '第1集第2场 日 内 家',
    '场次（1）地点：面馆，夜，内；出场人物：甲，乙',
    '（1-1 客厅 日 内）',
    '【1-3】 夜 外 街',
    '1、开端',
  ],
  [
    '第1場 日 內 客廳',
    '場景：廚房',
    '【時間】黃昏',
    '時：夜',
    '畫面：雷聲',
    '顧言之（內心獨白）：後來',
    '【閃回】',
    '道具：槍',
  ],
  ['人物：甲、乙', '人物：', '人 甲 乙', '出场人物：丙（旁观）', '甲：男，30岁', '【人物：甲、乙】', '角色：甲 乙'],
  [
    '甲：走吧。',
    '甲（冷笑）：词',
    '甲：',
    '甲',
    '乙（低声）',
    '（冷笑）',
    'OS：糟',
    '【VO】那年',
    '【VO：那年】',
    '甲、乙：好',
    '“走！”',
  ],
  ['【甲】：走', '【乙】（笑）走', '甲（VO）走', '（甲OS：走）', '甲心想：糟', '甲冷笑：走', '甲∶走', '◎1-3 街 夜 外'],
  ['| 镜号 | 画面 | 人物 | 台词 |', '|---|---|---|---|', '| 1 | 门 | 甲 | 走。 |', '| 2 | 街 | | 乙：（笑）走。 |'],
  [
    '甲（低声）你走吧',
    '乙（笑）好。',
    '甲：走。乙：等等',
    '甲；乙：走',
    '🎬 第2集',
    '📍1-2 日 内 家',
    '🔥 好',
    '【OS 甲】糟',
    '等级：1',
  ],
  ['冷笑（甲）：词', '甲说：“走。”', '甲（冷笑：词', '台词：甲：词', '：', '甲::', 'a:b', '12：30'],
  [
    '△甲走',
    '△',
    '▲【特写】手',
    '【闪回】',
    '【闪回结束】',
    '闪回：',
    '【字幕】',
    '【字幕：三年后】',
    '♪雷声',
    '♪',
    '【',
    '】',
    '（',
    '）',
  ],
  [
    '【本集完】',
    '（第1集完）',
    '完',
    '附：道具清单',
    '时长表',
    '甲（28）：主角',
    '故事梗概',
    '他走了。',
    '。',
    '……',
    '*',
    '**',
    '__',
  ],
  [
    'INT. KITCHEN - DAY',
    'EXT. PARK--NIGHT #12A#',
    '.FORCED',
    'SALLY',
    'SALLY (V.O.)',
    '(softly)',
    'Hello there.',
    'FADE OUT.',
    '> CUT TO:',
  ],
  [
    '> THE END <',
    '~La la',
    '= synopsis',
    '[[note',
    'note]]',
    '/* bone',
    'yard */',
    '[[a]] b',
    '!FORCED',
    '@McX',
    'BOB ^',
    'THE END',
  ],
  [
    'Title: A',
    'Author: B',
    '\tmore',
    'Written by',
    '12',
    '(MORE)',
    'CONTINUED:',
    'ACT I',
    'SCENE II. A Street.',
    'ROMEO.',
    '[_Exit._]',
    'JOHN: Hi.',
  ],
  [
    '                SALLY',
    '        Hello.',
    '             (beat)',
    'FLASHBACK:',
    'SUPER: "1999"',
    'ANGLE ON: x',
    'john',
    '\u0000\u0007x',
  ],
  ['Logline: x', 'CHARACTERS', 'MIA: a waitress', '- MIA – a waitress', 'EPISODE 2', 'SYNOPSIS', '---', '# A'],
  ['Scene 2: The Car', 'SCENE 3', 'Location: Roof', 'Time: Night', 'INT/EXT: INT', 'Scene 4 - Omitted', 'LATER'],
  ['00:00:03:12 MIA', '[00:11] MIA: Hi.', '00:00:20:00', '00:12 MIA', '1. MIA: Hi.', '2. TOM: Ho.', '3. F/X: RAIN'],
  ['GWEN          *', 'x    *', '(O.S.)', 'SPLIT SCREEN', 'A beat.', 'The door opens.', 'Let me know if x'],
].flat();

const LATIN = SHAPES.filter((line) => !/\p{Script=Han}/u.test(line));
const PLAY = [
  'ACT I',
  'SCENE I. A Room.',
  'ROMEO.',
  'ROMEO. Ay me.',
  'JULIET.',
  'NURSE. (within) Anon.',
  'LANE. I come.',
  ...LATIN,
];

/** Many lines of one language or of all. */
const mixed = (from: (shapes: readonly string[]) => fc.Arbitrary<string>) =>
  fc.constantFrom(SHAPES, SHAPES, LATIN, PLAY).chain((shapes) => fc.array(from(shapes), { maxLength: 40 }));

const shaped = mixed((shapes) => fc.constantFrom(...shapes));
const drawn = mixed((shapes) => {
  const shape = fc.constantFrom(...shapes);
  return fc.oneof(
    { weight: 4, arbitrary: shape },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
    { weight: 1, arbitrary: fc.tuple(shape, shape).map((two) => two.join(' ')) },
    { weight: 1, arbitrary: fc.tuple(shape, shape).map((two) => two.join('')) },
  );
});
const breaks = fc.constantFrom('\n', '\r\n', '\r', '\v', '\u2028');
const BREAK = /\r\n|[\n\r\v\u2028\u2029]/;
const text = fc.tuple(drawn, breaks).map(([lines, end]) => lines.join(end));
const fileName = fc.constantFrom(...NAMES);

const elementsOf = (document: Document): Element[] =>
  document.episodes.flatMap((episode) => [...episode.elements, ...episode.scenes.flatMap((scene) => scene.elements)]);

/** The document, or undefined when the text is refused as empty. */
function read(source: string, name: string): Document | undefined {
  try {
    return parseText(source, { fileName: name });
  } catch (error) {
    if (error instanceof Failure && error.code === 'EMPTY_FILE') return undefined;
    throw error;
  }
}

describe('of any text', () => {
  it('every non-blank line is in exactly one element or one note', () => {
    fc.assert(
      fc.property(text, fileName, (source, name) => {
        const document = read(source, name);
        if (document === undefined) return;
        const lines = source.split(BREAK);
        const times = new Map<number, number>();
        const count = (line: number) => times.set(line, (times.get(line) ?? 0) + 1);
        for (const { line, endLine } of elementsOf(document)) for (let at = line; at <= endLine; at++) count(at);
        for (const note of document.notes) count(note.line);
        lines.forEach((line, index) => {
          const found = times.get(index + 1) ?? 0;
          // blank lines inside an element are counted with it
          if (line.trim() === '') expect(found).toBeLessThanOrEqual(1);
          else expect(`${index + 1}×${found} ${line}`).toBe(`${index + 1}×1 ${line}`);
        });
      }),
      { numRuns: 1500 },
    );
  });

  it('line and offset point at the words, in order', () => {
    fc.assert(
      fc.property(text, fileName, (source, name) => {
        const document = read(source, name);
        if (document === undefined) return;
        const starts = [0];
        for (const end of source.matchAll(new RegExp(BREAK, 'g'))) starts.push(end.index + end[0].length);
        for (const { line, endLine, offset, length } of elementsOf(document)) {
          expect(offset).toBe(starts[line - 1]);
          expect(source.slice(offset, offset + length).split(BREAK)).toHaveLength(endLine - line + 1);
          expect(source.slice(offset, offset + length)).not.toMatch(/[\r\n\v\u2028\u2029]$/);
        }
        for (const note of document.notes) expect(source.slice(starts[note.line - 1])).toContain(note.text.slice(0, 1));
        for (const { scenes } of document.episodes)
          for (const { elements } of scenes)
            for (let at = 1; at < elements.length; at++)
              expect(elements[at]!.line).toBeGreaterThan(elements[at - 1]!.endLine);
      }),
      { numRuns: 1000, examples: [[' \r\v\r角色：甲 乙', 'a.fountain']] },
    );
  });

  it('what is said stands in the source', () => {
    const bare = (words: string) => words.replace(/[\s*_~\\]/g, '');
    fc.assert(
      fc.property(shaped, fileName, (lines, name) => {
        const source = lines.join('\n');
        const document = read(source, name);
        if (document === undefined) return;
        for (const { kind, text: said, offset, length, speakers } of elementsOf(document)) {
          if (kind !== 'dialogue') continue;
          const whole = source.slice(offset, offset + length);
          // Fountain's notes are no words
          const words = bare(whole) + bare(whole.replace(/\/\*.*?\*\/|\[\[.*?\]\]/gs, ''));
          for (const line of said.split('\n')) for (const word of line.split(' ')) expect(words).toContain(bare(word));
          expect(said).not.toBe('');
          expect(speakers?.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('ids are unique, and the same when read again', () => {
    fc.assert(
      fc.property(text, fileName, (source, name) => {
        const document = read(source, name);
        if (document === undefined) return;
        const ids = [...elementsOf(document), ...document.episodes.flatMap((episode) => episode.scenes)].map(
          ({ id }) => id,
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(read(source, name)).toEqual(document);
      }),
      { numRuns: 500 },
    );
  });

  it('episode numbers are unique and the counts of the report are right', () => {
    fc.assert(
      fc.property(text, fileName, (source, name) => {
        const document = read(source, name);
        if (document === undefined) return;
        const numbers = document.episodes.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        const elements = elementsOf(document);
        const { quality } = document;
        expect(quality.dialogue).toBe(elements.filter(({ kind }) => kind === 'dialogue').length);
        expect(quality.action).toBe(elements.filter(({ kind }) => kind === 'action').length);
        expect(quality.unread).toBe(elements.filter(({ unread }) => unread).length);
        expect(quality.scenes).toBe(document.episodes.flatMap(({ scenes }) => scenes).length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('of any bytes', () => {
  it('a document comes out or a failure with a code', async () => {
    const name = fc.constantFrom('a.txt', 'a.docx', 'a.pdf', 'a.fdx', 'a.fountain', 'a');
    const head = fc.constantFrom(
      '',
      'PK\u0003\u0004',
      '%PDF-1.7\n',
      '<?xml version="1.0"?><FinalDraft>',
      '\u00ff\u00fe',
      '{\\rtf1',
    );
    await fc.assert(
      fc.asyncProperty(head, fc.uint8Array({ maxLength: 400 }), name, async (first, rest, file) => {
        const bytes = Buffer.concat([Buffer.from(first, 'latin1'), rest]);
        const result = await parse(bytes, file).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(Failure);
        else expect(result).toHaveProperty('episodes');
      }),
      { numRuns: 500 },
    );
  });
});

describe('of a script', () => {
  const script = fc.array(
    fc.tuple(
      fc.constantFrom('日 内', '夜 外', '晨 内'),
      fc.constantFrom('客厅', '街道', '书房'),
      fc.array(fc.constantFrom('甲：走吧。', '乙：来了。', '△甲走。', '△乙来。', '【字幕：次日】', '甲：再说一遍。'), {
        minLength: 1,
        maxLength: 6,
      }),
    ),
    { minLength: 1, maxLength: 6 },
  );

  it('a line put in elsewhere changes no other id', () => {
    fc.assert(
      fc.property(script, fc.nat(), (scenes, place) => {
        const lines = [
          '第1集',
          ...scenes.flatMap(([when, where, body], index) => [
            `1-${index + 1} ${when} ${where}`,
            '人物：甲、乙',
            ...body,
          ]),
        ];
        const more = lines.toSpliced(3 + (place % (lines.length - 2)), 0, '△一只猫走过屋顶。');
        const before = parseText(lines.join('\n'));
        const after = parseText(more.join('\n'));
        const ids = new Set([...elementsOf(after), ...after.episodes[0]!.scenes].map(({ id }) => id));
        for (const { id } of [...elementsOf(before), ...before.episodes[0]!.scenes]) expect(ids).toContain(id);
        expect(elementsOf(after)).toHaveLength(elementsOf(before).length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('a line is read the same whatever marks of Markdown or blanks stand round it', () => {
    const plain = '第1集\n1-1 日 内 客厅\n人物：甲\n甲（笑）：走。\n△甲走。';
    const forms = [
      '# 第1集\n## 1-1 日 内 客厅\n**人物**：甲\n**甲**（笑）：走。\n△ 甲走。',
      plain.replace(/\n/g, '\r\n\r\n'),
      plain.replace(/^/gm, '　　'),
    ];
    const kinds = (source: string) =>
      elementsOf(parseText(source)).map(({ kind, text: words, speakers, paren }) => ({ kind, words, speakers, paren }));
    for (const form of forms) expect(kinds(form)).toEqual(kinds(plain));
  });
});
