// PDF by the places of its words: cues, speeches and paragraphs come back, page furniture is set aside and listed.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutFurniture } from '../../core/script/formats/pdf/furniture.ts';
import { layChinese, layScreenplay } from '../../core/script/formats/pdf/layout.ts';
import { type Piece, pageLines } from '../../core/script/formats/pdf/page.ts';
import { parse } from '../../core/script/index.ts';
import { type Placed, pdfOf, screenplayPage } from './files.ts';
import { outline } from './outline.ts';

const FIRST = [
  'INT. KITCHEN - DAY',
  '',
  'Sally cooks a very long meal.',
  '',
  '>SALLY',
  '-Hello there, everybody.',
  '-It is late.',
  '',
  '>BOB (V.O.)',
  '-(tired)',
  '-Who?',
];
const read = async (pages: readonly (readonly Placed[])[]) => parse(await pdfOf(pages), 'a.pdf');

describe('a screenplay as PDF', () => {
  it('is read by indents and distances', async () => {
    const document = await read([screenplayPage(FIRST)]);
    expect(outline(document)).toEqual([
      '(E1)',
      'S1 INT DAY KITCHEN',
      'action Sally cooks a very long meal.',
      'SALLY Hello there, everybody. It is late.',
      'BOB/VO(tired) Who?',
    ]);
    expect(document.episodes[0]!.scenes[0]!.elements.every(({ page }) => page === 1)).toBe(true);
  });

  it('without numbers, headers, (MORE) and CONTINUED; they are listed as layout', async () => {
    const header = (page: number): Placed[] => [
      { text: 'THE KITCHEN - Draft 3', x: 108, y: 30 },
      { text: `${page}.`, x: 520, y: 30 },
    ];
    const pages = [
      [...header(1), ...screenplayPage(FIRST), ...screenplayPage(['>SALLY', '-I was about to say', '>(MORE)'], 640)],
      [
        ...header(2),
        ...screenplayPage(['CONTINUED:', '', ">SALLY (CONT'D)", '-something of weight.', '', 'She turns.']),
      ],
      [...header(3), ...screenplayPage(['She goes on and on.', '', '>BOB', '-Well then.', '', 'CUT TO:'])],
    ];
    const document = await read(pages);
    expect(outline(document).slice(5)).toEqual([
      'SALLY I was about to say something of weight.',
      'action She turns.',
      'action She goes on and on.',
      'BOB Well then.',
      'transition CUT TO:',
    ]);
    const layout = document.notes.filter(({ kind }) => kind === 'layout').map(({ text }) => text);
    for (const text of ['THE KITCHEN - Draft 3 1.', '(MORE)', 'CONTINUED:', "SALLY (CONT'D)"])
      expect(layout.some((line) => line.replace(/\s+/g, ' ') === text)).toBe(true);
    expect(document.warnings.map(({ code }) => code)).toEqual(['pdf_layout']);
    const said = document.episodes[0]!.scenes[0]!.elements.find(({ text }) => text.startsWith('I was'))!;
    expect(said.page).toBe(1);
  });

  it('with scene numbers in both margins and revision stars', async () => {
    const numbered: Placed[] = [
      { text: '12A', x: 60, y: 72 },
      { text: 'EXT. PARK - NIGHT', x: 108, y: 72 },
      { text: '12A', x: 540, y: 72 },
      { text: 'Wind in the old trees.', x: 108, y: 96 },
      { text: '*', x: 570, y: 96 },
    ];
    const document = await read([[...numbered, ...screenplayPage(['>ANN', '-So cold tonight.'], 120)]]);
    expect(outline(document).slice(1)).toEqual([
      'S12A EXT NIGHT PARK',
      'action Wind in the old trees.',
      'ANN So cold tonight.',
    ]);
  });

  it('with two people speaking side by side: one after the other', async () => {
    const side = (x: number, name: string, lines: readonly string[]): Placed[] => [
      { text: name, x: x + 60, y: 400 },
      ...lines.map((text, index) => ({ text, x, y: 412 + index * 12 })),
    ];
    const dual = [
      ...side(108, 'ANN', ['I want to go', 'home now.']),
      ...side(330, 'BOB', ['We stay here', 'tonight.', 'Really.']),
    ];
    const page = [...screenplayPage(FIRST), ...dual, ...screenplayPage(['They stop at once.'], 480)];
    expect(outline(await read([page])).slice(5)).toEqual([
      'ANN I want to go home now.',
      'BOB We stay here tonight. Really.',
      'action They stop at once.',
    ]);
  });

  it('with two side by side right under a speech, set in less than it: three speeches', async () => {
    const dual: Placed[] = [
      { text: 'TOM', x: 180, y: 400 },
      { text: 'ANN', x: 380, y: 400 },
      { text: 'We stay here.', x: 122, y: 412 },
      { text: 'I go home.', x: 345, y: 412 },
    ];
    const page = [...screenplayPage([...FIRST, '', '>ANN', '-Stop it now.'], 72), ...dual];
    expect(outline(await read([page])).slice(-3)).toEqual(['ANN Stop it now.', 'TOM We stay here.', 'ANN I go home.']);
  });

  it('whose episodes each begin a page keeps their headings and slug lines', async () => {
    const page = (number: number) =>
      screenplayPage([`EPISODE ${number}`, '', 'INT. HALL - NIGHT', '', `Ava is ${'very '.repeat(number)}late.`]);
    expect(outline(await read([1, 2, 3, 4].map(page)))).toEqual(
      [1, 2, 3, 4].flatMap((number) => [
        `E${number}`,
        'S1 INT NIGHT HALL',
        `action Ava is ${'very '.repeat(number)}late.`,
      ]),
    );
  });

  it('with the name of its episode above all pages of it has each episode once', async () => {
    const page = (number: number): Placed[] => [
      { text: `EPISODE ${Math.ceil(number / 2)}`, x: 108, y: 30 },
      ...(number % 2 === 0 ? [] : screenplayPage([`EPISODE ${Math.ceil(number / 2)}`, '', 'INT. HALL - NIGHT'])),
      ...screenplayPage([`Ava is ${'very '.repeat(number)}late.`], 120 + number),
    ];
    const document = await read([1, 2, 3, 4].map(page));
    expect(outline(document).filter((line) => line.startsWith('E'))).toEqual(['E1', 'E2']);
    expect(document.notes.map(({ text }) => text)).toEqual(['EPISODE 1', 'EPISODE 1', 'EPISODE 2', 'EPISODE 2']);
  });

  it('whose cues stand at the top of every page loses none of them', async () => {
    const page = (number: number) =>
      screenplayPage([
        '>ANN',
        `-One more line of hers, ${'really '.repeat(number)}`,
        '',
        `She waits for ${'a moment and '.repeat(number)}`,
      ]);
    const document = await read([screenplayPage(FIRST), ...[1, 2, 3, 4].map(page)]);
    expect(document.notes).toEqual([]);
    expect(document.quality.dialogue).toBe(2 + 4);
  });
});

const piece = (str: string, x: number, y: number, size = 12, width = str.length * size): Piece => ({
  str,
  transform: [size, 0, 0, size, x, y],
  width,
  height: size,
});

describe('pieces of text', () => {
  it('on one line are joined, with blanks where there is room', () => {
    const { lines } = pageLines([piece('你好', 100, 700), piece('世界', 124, 700), piece('再见', 190, 700)], 1);
    expect(lines.map(({ text }) => text.replace(/ +/g, ' '))).toEqual(['你好世界 再见']);
  });

  it('keep the blanks that stand between Chinese words as pieces of their own', () => {
    // 0.3 of the type apart, as the blank of most fonts is
    const { lines } = pageLines(
      [
        piece('人物：陆川', 100, 700),
        piece(' ', 160, 700, 12, 5),
        piece('王总', 163.6, 700),
        piece('周嘉', 191.2, 700),
        piece(' ', 100, 680, 12, 5),
      ],
      1,
    );
    // the last gap is as wide, but the file has no blank there: the line is spread out
    expect(lines.map(({ text }) => text)).toEqual(['人物：陆川 王总周嘉']);
  });

  it('say the characters that radicals stand for', () => {
    const { lines } = pageLines([piece('沈⻘⾛进⻓⻔，⺟⼦⽇⽇⻅⾯', 100, 700), piece('Ⅳ ① ﹏ Ａ 食', 100, 680)], 1);
    expect(lines.map(({ text }) => text)).toEqual(['沈青走进长门，母子日日见面', 'Ⅳ ① ﹏ Ａ 食']);
  });

  it('printed twice for boldness count once; turned ones are a watermark', () => {
    const turned: Piece = { str: 'CONFIDENTIAL', transform: [8, 8, -8, 8, 200, 400], width: 100, height: 12 };
    const { lines, turned: apart } = pageLines([piece('第1集', 100, 700), piece('第1集', 100.4, 700), turned], 1);
    expect(lines.map(({ text }) => text)).toEqual(['第1集']);
    expect(apart).toEqual(['CONFIDENTIAL']);
  });
});

/** Lines of Chinese pages from top to bottom: [words, indent in characters]. */
const chinesePages = (pages: readonly (readonly string[])[]) =>
  pages.map(
    (lines, page) =>
      pageLines(
        lines.map((text, index) => piece(text, 72, 760 - index * 20)),
        page + 1,
      ).lines,
  );

describe('Chinese pages', () => {
  const full = '△李明推开门，看见桌上放着一封信，他慢慢走过去，拿起来，手在发抖，窗外的雨下';

  it('a line that fills the column goes on in the next', () => {
    const { text } = layChinese(
      chinesePages([['第1集', '1-1 日 内 客厅', full, '个不停。', '李明：走吧。', '王芳：好。']]),
    );
    expect(text.split('\n')).toEqual(['第1集', '1-1 日 内 客厅', `${full}个不停。`, '李明：走吧。', '王芳：好。']);
  });

  it('also over the end of a page; what opens something new never joins', () => {
    const { text, pages } = layChinese(
      chinesePages([
        ['1-1 日 内 客厅', '李明：走吧。', full],
        ['个不停。', `${full}大。`, '1-2 夜 外 街道', '李明：到了。'],
      ]),
    );
    expect(text.split('\n')).toEqual([
      '1-1 日 内 客厅',
      '李明：走吧。',
      `${full}个不停。`,
      `${full}大。`,
      '1-2 夜 外 街道',
      '李明：到了。',
    ]);
    expect(pages).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('who is on the cast line opens a speech, also where the lines are all short', () => {
    const lines = [
      '1-1 张家客厅 夜 内',
      '人物：陆川 王总 周嘉',
      '陆川（冷笑）：你好。',
      '△王总走来走去，不停。',
      '周嘉　嗯。',
    ];
    expect(layChinese(chinesePages([lines])).text.split('\n')).toEqual(lines);
    const wrapped = layChinese(chinesePages([['人物：陆川 王总 周嘉', full, '周嘉看见了 走。', '他们：好。']]));
    expect(wrapped.text.split('\n')).toEqual(['人物：陆川 王总 周嘉', `${full}周嘉看见了 走。`, '他们：好。']);
  });

  it('page numbers and running titles are set aside', () => {
    const page = (number: number, ...lines: string[]) => ['锦灯记 剧本', ...lines, `第 ${number} 页 共 3 页`];
    const pages = chinesePages([
      page(1, '第1集', '甲：走。', '乙：来。'),
      page(2, '丙：好。', '丁：是。', '甲：不。'),
      page(3, '乙：啊。', '丙：嗯。', '丁：走。'),
    ]);
    const { script, furniture } = withoutFurniture(pages);
    expect(script.flat()).toHaveLength(9);
    expect(furniture.map(({ text }) => text)).toContain('第 2 页 共 3 页');
    expect(furniture).toHaveLength(6);
  });

  it('lines keep their number of pages whatever is laid out', () => {
    for (const lay of [layChinese, layScreenplay]) {
      const { text, pages } = lay(
        chinesePages([
          ['INT. A - DAY', full, 'x'],
          ['y', '甲：走。'],
        ]),
      );
      expect(pages).toHaveLength(text.split('\n').length);
    }
  });

  const font = { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', name: 'NotoSansCJKsc-Regular' };
  // needs a font with Chinese characters, which a machine may not have
  it.skipIf(!existsSync(font.path))('a file with an embedded Chinese font', async () => {
    const lines = [
      '第1集 归来',
      '1-1 日 内 客厅',
      '人物：李明、王芳',
      '△李明推开门。',
      '李明（低声）：有人吗？',
      '王芳：我在这里。',
    ];
    const pages = [lines.map((text, index) => ({ text, x: 72, y: 72 + index * 20 }))];
    expect(outline(await parse(await pdfOf(pages, { font }), 'a.pdf'))).toEqual([
      'E1 归来',
      'S1-1 INT DAY 客厅 [李明 王芳]',
      'action 李明推开门。',
      '李明(低声) 有人吗？',
      '王芳 我在这里。',
    ]);
  });
});
