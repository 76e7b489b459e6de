// Tables of Word files: what of them is script, and which are lists that must not become one.
import { describe, expect, it } from 'vitest';
import { parse } from '../../core/script/index.ts';
import { wordXml, zipOf } from './files.ts';
import { outline } from './outline.ts';

/** A cell of lines, or made with properties of its own. */
type Cell = string | { readonly lines: readonly string[]; readonly span?: number; readonly above?: boolean };

const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const cellOf = (cell: Cell) => {
  const { lines, span, above } = typeof cell === 'string' ? { lines: [cell] } : { span: undefined, ...cell };
  const properties = `${span ? `<w:gridSpan w:val="${span}"/>` : ''}${above ? '<w:vMerge/>' : ''}`;
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${lines.map(paragraph).join('')}</w:tc>`;
};
const rowOf = (cells: readonly Cell[]) => `<w:tr>${cells.map(cellOf).join('')}</w:tr>`;
const table = (...rows: readonly (readonly Cell[])[]) => `<w:tbl>${rows.map(rowOf).join('')}</w:tbl>`;

/** What is read of a file of paragraphs and of tables made with `table`. */
async function read(...parts: readonly string[]): Promise<string[]> {
  const body = parts.map((part) => (part.startsWith('<') ? part : paragraph(part))).join('');
  return outline(await parse(zipOf({ 'word/document.xml': wordXml(body) }), 'a.docx'));
}

const OPEN = ['第1集', '1-1 客厅 日 内'];
const OPENED = ['E1', 'S1-1 INT DAY 客厅'];

describe('a shot list in a Word file', () => {
  it('says who speaks in a column of its own', async () => {
    const lines = await read(
      ...OPEN,
      table(['角色', '台词', '备注'], ['沈青', '妈，我回来了。', '哭'], ['沈母（惊讶）', '你怎么来了？', '']),
    );
    expect(lines).toEqual([
      'E1',
      'S1-1 INT DAY 客厅 [沈青 沈母]',
      '沈青 妈，我回来了。',
      'note 备注：哭',
      '沈母(惊讶) 你怎么来了？',
    ]);
  });

  it('says who speaks where several do in one cell, and what is heard beside it', async () => {
    const lines = await read(
      ...OPEN,
      table(
        ['镜号', '画面', '台词/音效'],
        ['1', '门开', { lines: ['沈青：妈！ / 沈母：哎。', '音效：关门声'] }],
        ['2', '', '沈青：听着。 规矩：不许走。'],
        ['3', '', '沈青：3：2！/ 5：1！'],
      ),
    );
    expect(lines.slice(2)).toEqual([
      'shot 镜号：1',
      'action 门开',
      '沈青 妈！',
      '沈母 哎。',
      'sound 关门声',
      'shot 镜号：2',
      '沈青 听着。 规矩：不许走。',
      'shot 镜号：3',
      '沈青 3：2！/ 5：1！',
    ]);
  });

  it('opens a scene where the place is another than above, with the shot inside it', async () => {
    const lines = await read(
      '第1集',
      table(
        ['镜号', '场景', '景别', '画面内容', '人物', '台词', '时长（秒）'],
        ['1', '客厅 日 内', '全景', '沈青进门', '沈青', '沈青：妈。', '3'],
        ['2', '客厅 日 内', '特写', '沈母回头', '沈母', '你怎么来了？', '2'],
        ['3', '同上', '中景', '', '沈青、沈母', '走吧。', '2'],
        ['4', '街道 夜 外', '全景', '车流', '', '无', '2'],
      ),
    );
    expect(lines).toEqual([
      'E1',
      'S1 INT DAY 客厅 [沈青 沈母]',
      'shot 镜号：1',
      'shot 景别：全景',
      'action 沈青进门',
      '沈青 妈。',
      'note 时长：3',
      'shot 镜号：2',
      'shot 景别：特写',
      'action 沈母回头',
      '沈母 你怎么来了？',
      'note 时长：2',
      'shot 镜号：3',
      'shot 景别：中景',
      // two people, and the words are of one: nobody is guessed
      'action 台词：走吧。 ?',
      'note 时长：2',
      'S2 EXT NIGHT 街道',
      'shot 镜号：4',
      'shot 景别：全景',
      'action 车流',
      'note | 台词 | 无 |',
      'note 时长：2',
    ]);
  });

  it('has scenes by number, and cells that reach over others', async () => {
    const lines = await read(
      table(
        [{ lines: ['第1集'], span: 4 }],
        ['场次', '地点', '角色', '对白/旁白'],
        ['1-1', '客厅 日 内', '沈青', '妈。'],
        [{ lines: [''], above: true }, { lines: [''], above: true }, { lines: [''], above: true }, '我回来了。'],
        ['1-2', { lines: ['客厅 夜 内'], span: 2 }, '沈青（OS）：走。'],
        [{ lines: ['△沈青走。'], span: 4 }],
      ),
    );
    expect(lines).toEqual([
      'E1',
      'S1-1 INT DAY 客厅 [沈青]',
      '沈青 妈。',
      '沈青 我回来了。',
      'S1-2 INT NIGHT 客厅',
      '沈青/OS 走。',
      'action 沈青走。',
    ]);
  });

  it('says how long a shot is under 时间, which is no time of day', async () => {
    const lines = await read(
      '第1集',
      table(
        ['镜号', '时间', '场景', '画面'],
        ['1', '3秒', '客厅 日 内', '沈青进门。'],
        ['2', '5秒', '客厅 日 内', '她坐下。'],
      ),
    );
    expect(lines).toEqual([
      'E1',
      'S1 INT DAY 客厅',
      'shot 镜号：1',
      'note 时间：3秒',
      'action 沈青进门。',
      'shot 镜号：2',
      'note 时间：5秒',
      'action 她坐下。',
    ]);
  });

  it('is none without a field of what is seen or said', async () => {
    const lines = await read(...OPEN, table(['集', '人物', '时长'], ['1', '沈青', '90秒']));
    expect(lines).toEqual([...OPENED, 'note | 集 | 人物 | 时长 |', 'note | 1 | 沈青 | 90秒 |']);
  });
});

describe('a form of a scene in a Word file', () => {
  const script = { lines: ['△沈青进门。', '沈青：妈。', '陆川：你回来了。'] };

  it('tells a field in each row', async () => {
    const lines = await read(
      '第1集',
      table(['场次', '1-1'], ['时间', '日 内'], ['地点', '客厅'], ['人物', '沈青、陆川'], ['内容', script]),
      table(
        ['场次', '1-2'],
        ['时间', '夜 外'],
        ['地点', '街道'],
        ['人物', '沈青'],
        ['内容', '沈青：唉。'],
        ['道具', ''],
      ),
    );
    expect(lines).toEqual([
      'E1',
      'S1-1 INT DAY 客厅 [沈青 陆川]',
      'action 沈青进门。',
      '沈青 妈。',
      '陆川 你回来了。',
      'S1-2 EXT NIGHT 街道 [沈青]',
      '沈青 唉。',
      'note | 道具 |  |',
    ]);
  });

  it('may have two fields in a row, the script below them, and the next scene in the same table', async () => {
    const lines = await read(
      '第1集',
      table(
        ['场次', '第1场', '时间', '日 内'],
        ['地点', '客厅', '人物', '沈青、陆川'],
        [{ ...script, span: 4 }],
        ['场次', '第2场', '时间', '夜 外'],
        ['地点', '街道', '人物', '沈青'],
        [{ lines: ['沈青：唉。'], span: 4 }],
      ),
    );
    expect(lines).toEqual([
      'E1',
      'S1 INT DAY 客厅 [沈青 陆川]',
      'action 沈青进门。',
      '沈青 妈。',
      '陆川 你回来了。',
      'S2 EXT NIGHT 街道 [沈青]',
      '沈青 唉。',
    ]);
  });

  it('may have the words above what they say, or be a slug line cut into cells', async () => {
    const lines = await read(
      '第1集',
      table(['场次', '地点', '时间', '人物'], ['1-1', '客厅', '日 内', '沈青']),
      '沈青：妈。',
      table(['第2场', '街道', '夜', '外']),
      '沈青：走。',
      table(['场景', '1-3 屋顶', '夜', '外']),
      '沈青：风大。',
    );
    expect(lines).toEqual([
      'E1',
      'S1-1 INT DAY 客厅 [沈青]',
      '沈青 妈。',
      'S2 EXT NIGHT 街道',
      '沈青 走。',
      'S1-3 EXT NIGHT 屋顶',
      '沈青 风大。',
    ]);
  });

  it('may have a row for each scene, with its script in one cell', async () => {
    const lines = await read(
      '第三集',
      table(
        ['场号', '时间', '内/外', '场景', '剧本内容', '人物'],
        [
          '3-1',
          '日',
          '内',
          '大堂',
          { lines: ['△夏晚走进来。', '前台：找谁？', '夏晚（冷笑）：找你们老板。'] },
          '夏晚、前台',
        ],
        ['3-2', '夜', '外', '天台', { lines: ['顾总抽烟。', '夏晚（画外）：少抽点。'] }, '夏晚、顾总'],
      ),
    );
    expect(lines).toEqual([
      'E3',
      'S3-1 INT DAY 大堂 [夏晚 前台]',
      'action 夏晚走进来。',
      '前台 找谁？',
      '夏晚(冷笑) 找你们老板。',
      'S3-2 EXT NIGHT 天台 [夏晚 顾总]',
      'action 顾总抽烟。',
      '夏晚/OS 少抽点。',
    ]);
  });

  it('is no list of scenes, and no sheet of the series', async () => {
    const list = await read(
      ...OPEN,
      table(['1-2', '街道', '夜', '外'], ['1-3', '屋顶', '夜', '外'], ['合计', '', '', '2']),
    );
    expect(list.filter((line) => line.startsWith('S'))).toEqual(['S1-1 INT DAY 客厅']);
    const sheet = await read(
      table(['类型', '都市'], ['时间', '现代'], ['地点', '江城'], ['人物', '沈青、陆川'], ['剧情', '沈青归来。']),
      ...OPEN,
      '沈青：妈。',
    );
    expect(sheet).toEqual([...OPENED, '沈青 妈。']);
  });
});

describe('a table of two columns in a Word file', () => {
  it('is dialogue where people speak in it', async () => {
    const lines = await read(
      ...OPEN,
      table(
        ['沈青', '妈，我回来了。'],
        ['沈母（惊讶）：', '你怎么来了？'],
        [{ lines: [''], above: true }, '快坐。'],
        ['△', '沈青坐下。'],
      ),
    );
    expect(lines).toEqual([
      ...OPENED,
      '沈青 妈，我回来了。',
      '沈母(惊讶) 你怎么来了？',
      '沈母(惊讶) 快坐。',
      'action 沈青坐下。',
    ]);
  });

  it.each([
    ['people', ['沈青（25岁）', '外柔内刚。'], ['陆川', '总裁，冷酷。']],
    ['people told by what they are', ['沈青', '女主。她忍了三年。'], ['陆川', '男主。他不懂爱！']],
    ['people as they speak', ['沈青', '总说“我都是为你好！”'], ['沈青', '口头禅“我不在乎！”']],
    ['people to you', ['沈青', '你的女儿。'], ['陆川', '她和你一样平凡。']],
    ['one person twice', ['沈青', '女主，与你一样。'], ['沈青', '25岁，像我们。']],
    ['clothes', ['沈青', '白裙。'], ['沈青', '红裙。']],
    ['episodes', ['第1集', '沈青被赶出家门！'], ['第2集', '我会回来的！']],
    ['things', ['手机', '2部'], ['枪', '1把']],
    ['what sells', ['看点', '你猜不到结局！'], ['钩子', '她是你妈！']],
  ])('is a list where it tells of %s', async (_, one, two) => {
    expect(await read(...OPEN, table(one, two))).toEqual([
      ...OPENED,
      `note | ${one.join(' | ')} |`,
      `note | ${two.join(' | ')} |`,
    ]);
  });
});

it('a table of two columns in a Word file that tells of the people of a scene is no dialogue', async () => {
  const rows = [
    ['沈青', '女主，与你我一样平凡。'],
    ['陆川', '男主，口头禅“我不在乎！”'],
    ['沈母', '总说“我都是为你好！”'],
  ];
  const lines = await read(...OPEN, '本场人物', table(...rows), '沈青：妈。');
  expect(lines.filter((line) => line.startsWith('note |'))).toEqual(rows.map((row) => `note | ${row.join(' | ')} |`));
  expect(lines.at(-1)).toBe('沈青 妈。');
});

it('a table of two columns in a Word file in which somebody speaks twice is dialogue', async () => {
  const lines = await read(...OPEN, table(['沈青', '妈，我回来了。'], ['沈母', '坐。'], ['沈青', '“我不坐。”']));
  expect(lines).toEqual([...OPENED, '沈青 妈，我回来了。', '沈母 坐。', '沈青 “我不坐。”']);
});

describe('rows and cells in content controls', () => {
  const inside = (words: string) => `<w:sdt><w:sdtPr/><w:sdtContent>${words}</w:sdtContent></w:sdt>`;

  it('are read like any other, in their place', async () => {
    const lines = await read(
      ...OPEN,
      `<w:tbl>${inside(rowOf(['沈青：一。']))}<w:tr>${inside(cellOf('沈母：二。'))}</w:tr><w:customXml>${rowOf(['沈青：三。'])}</w:customXml></w:tbl>`,
    );
    expect(lines).toEqual([...OPENED, '沈青 一。', '沈母 二。', '沈青 三。']);
  });

  it('but not those that were deleted with changes tracked', async () => {
    const deleted = `<w:tr><w:trPr><w:del/></w:trPr>${cellOf('沈青：旧。')}${cellOf('旧')}</w:tr>`;
    const lines = await read(
      ...OPEN,
      `<w:tbl>${rowOf(['沈青：一。'])}${deleted}<w:del>${rowOf(['甲：旧。'])}</w:del></w:tbl>`,
    );
    expect(lines).toEqual([...OPENED, '沈青 一。']);
  });
});

describe('an English table in a Word file', () => {
  it('says who speaks, what is said and what is done, in the order of its columns', async () => {
    const lines = await read(
      'EPISODE 1',
      table(
        ['Shot', 'Scene', 'Character', 'Dialogue', 'Action'],
        ['1', 'INT. OFFICE - DAY', 'Mia', 'I need this job.', 'She sits down.'],
        ['2', '', 'Ethan (cold)', 'Then sign.', ''],
        ['3', '', { lines: [], above: true }, 'Now!', 'He smiles.'],
        ['4', 'EXT. STREET - NIGHT', '', '', 'Rain.'],
      ),
    );
    expect(lines).toEqual([
      'E1',
      'S1 INT DAY OFFICE',
      'note Shot: 1',
      'MIA I need this job.',
      'action She sits down.',
      'note Shot: 2',
      'ETHAN(cold) Then sign.',
      'note Shot: 3',
      'ETHAN(cold) Now!',
      'action He smiles.',
      'S2 EXT NIGHT STREET',
      'note Shot: 4',
      'action Rain.',
    ]);
  });

  it('of what is seen beside what is heard', async () => {
    const lines = await read(
      'INT. BAR - NIGHT',
      table(
        ['VIDEO', 'AUDIO'],
        ['Mia drinks.', { lines: ['MIA: Hello.', 'ETHAN: You again.'] }],
        ['Close on the glass.', { lines: ['SFX: GLASS', 'MIA: Yes.'] }],
      ),
    );
    expect(lines.slice(2)).toEqual([
      'action Mia drinks.',
      'MIA Hello.',
      'ETHAN You again.',
      'action Close on the glass.',
      'sound GLASS',
      'MIA Yes.',
    ]);
  });

  it('gives a line with a colon in it to whom it stands beside', async () => {
    const lines = await read(
      'INT. BAR - NIGHT',
      table(['Character', 'Dialogue'], ['Mia', 'Listen to me: run!'], ['Mia', 'Mia (low): Now.'], ['Ethan', 'No.']),
    );
    expect(lines.slice(2)).toEqual(['MIA Listen to me: run!', 'MIA(low) Now.', 'ETHAN No.']);
  });

  it('of people and what they are like is a list', async () => {
    const lines = await read(
      'INT. BAR - NIGHT',
      table(['Character', 'Description'], ['Mia', 'A waitress.'], ['Ethan', 'Rich.']),
    );
    expect(lines.filter((line) => !/^(?:action|note|S|\()/.test(line))).toEqual([]);
  });
});
