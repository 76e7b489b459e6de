// Text files in the encodings that Chinese and English scripts come in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../core/script/index.ts';

const CHINESE =
  '《锦灯记》\n第1集 起\n1-1 日 内 客厅\n人物：谢灯儿、李砚\n谢灯儿（低声）：你是谁？他们都说，这里没有人。\n△李砚走了出来，看着她。\n';
const TRADITIONAL =
  '第一集 初見\n1-1 夜 外 街道\n人物：阿明、小紅\n阿明：這個時候，妳為什麼會來這裡？\n△小紅沒有說話，轉過身去。\n';

/** The bytes of a text in an encoding that only a decoder knows: a table turned round, two bytes to a character. */
function encoder(encoding: string): (text: string) => Buffer {
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(new Uint8Array([lead, trail]));
      if (text.length === 1 && text !== '\ufffd' && !table.has(text)) table.set(text, [lead, trail]);
    }
  }
  return (text) =>
    Buffer.from(
      Array.from(text).flatMap((c) => (c.charCodeAt(0) < 0x80 ? [c.charCodeAt(0)] : [...(table.get(c) ?? [0x3f])])),
    );
}

const gb18030 = encoder('gb18030');
const big5 = encoder('big5');
const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

const saidIn = async (bytes: Buffer) => {
  const { encoding, episodes, warnings } = await parse(bytes, 'a.txt');
  const scene = episodes[0]!.scenes[0]!;
  return {
    encoding,
    cast: scene.cast,
    said: scene.elements.find(({ kind }) => kind === 'dialogue')?.text,
    warnings: warnings.map(({ code }) => code),
  };
};

describe('a text file', () => {
  const one = { cast: ['谢灯儿', '李砚'], said: '你是谁？他们都说，这里没有人。', warnings: [] };
  const other = { cast: ['阿明', '小紅'], said: '這個時候，妳為什麼會來這裡？', warnings: [] };

  it.each([
    ['UTF-8', 'utf-8', Buffer.from(CHINESE)],
    ['UTF-8 with a byte order mark', 'utf-8', Buffer.from(`\ufeff${CHINESE}`)],
    ['UTF-16, little end first', 'utf-16le', Buffer.from(`\ufeff${CHINESE}`, 'utf16le')],
    ['UTF-16, big end first', 'utf-16be', utf16be(CHINESE)],
    ['UTF-16 without a byte order mark', 'utf-16le', Buffer.from(CHINESE, 'utf16le')],
    ['UTF-16 without a byte order mark, big end first', 'utf-16be', Buffer.from(CHINESE, 'utf16le').swap16()],
    ['GB18030', 'gb18030', gb18030(CHINESE)],
    ['GB18030 with Windows line ends', 'gb18030', gb18030(CHINESE.replace(/\n/g, '\r\n'))],
  ])('in %s', async (_, encoding, bytes) => {
    expect(await saidIn(bytes)).toEqual({ encoding, ...one });
  });

  it.each([
    ['UTF-8', 'utf-8', Buffer.from(TRADITIONAL)],
    ['Big5', 'big5', big5(TRADITIONAL)],
    ['GB18030', 'gb18030', gb18030(TRADITIONAL)],
  ])('in traditional characters, %s', async (_, encoding, bytes) => {
    expect(await saidIn(bytes)).toEqual({ encoding, ...other });
  });

  it.each([
    ['UTF-8', Buffer.from(`${CHINESE}甲：好`).subarray(0, -1)],
    ['UTF-8, two bytes short', Buffer.from(`${CHINESE}甲：好`).subarray(0, -2)],
    ['GB18030', gb18030(`${CHINESE}甲：好`).subarray(0, -1)],
    ['UTF-16', Buffer.from(`\ufeff${CHINESE}甲：好`, 'utf16le').subarray(0, -1)],
  ])('cut in the middle of a character, %s: read, and said', async (_, bytes) => {
    const { said, warnings } = await saidIn(bytes);
    expect(said).toBe(one.said);
    expect(warnings).toEqual(['cut_character']);
  });

  it('with a few broken characters is read, and the loss is counted', async () => {
    const bytes = Buffer.concat([
      Buffer.from(CHINESE),
      Buffer.from([0xff, 0xfe, 0xff]),
      Buffer.from('\n△完。\n'.repeat(40)),
    ]);
    const document = await parse(bytes, 'a.txt');
    const loss = document.warnings.find(({ code }) => code === 'encoding_loss');
    expect(loss?.message).toContain('3');
    expect(document.episodes[0]!.scenes[0]!.cast).toEqual(one.cast);
  });

  it('keeps whatever common words it holds, in every encoding', async () => {
    const word = fc.constantFrom(
      '我们',
      '时间',
      '说',
      '一个人',
      '看见',
      '没有',
      '回来',
      '为什么',
      '，',
      '。',
      '今天',
      '你好',
      'OK',
    );
    const said = fc.array(word, { minLength: 4, maxLength: 30 }).map((words) => words.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 3, maxLength: 8 }), async (lines) => {
        const text = `第1集\n1-1 日 内 客厅\n${lines.map((line) => `甲：${line}`).join('\n')}\n`;
        const documents = await Promise.all(
          [Buffer.from(text), gb18030(text), utf16be(text)].map((bytes) => parse(bytes, 'a.txt')),
        );
        const [first, ...others] = documents.map(({ episodes }) => episodes);
        for (const one of others) expect(one).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a text in Windows-1252, as Word saves English', () => {
  const marks: Readonly<Record<string, number>> = { '’': 0x92, '–': 0x96, '“': 0x93, '”': 0x94, '…': 0x85 };
  const windows = (text: string) => Buffer.from(Array.from(text, (c) => marks[c] ?? c.charCodeAt(0)));
  const SCRIPT = 'INT. CAFÉ – DAY\n\nIt’s raining on the “Bluebird”.\n\nJOSÉ\nI can’t. Don’t you see…?\n';

  it('keeps its letters and typographic marks', async () => {
    const { encoding, language, episodes, warnings } = await parse(windows(SCRIPT), 'a.txt');
    expect([encoding, language, warnings]).toEqual(['windows-1252', 'en', []]);
    expect(episodes[0]!.scenes[0]!.elements.map(({ text }) => text)).toEqual([
      'INT. CAFÉ – DAY',
      'It’s raining on the “Bluebird”.',
      'I can’t. Don’t you see…?',
    ]);
  });

  it('keeps marks that stand next to each other', async () => {
    const text =
      `INT. BAR – DAY\n\nShe sits by the window and looks out at the street, where it has been raining since the early morning.\n\nJOSÉ\n“No…” “Why…?” – “Don’t…”\n`.repeat(
        4,
      );
    const { encoding, episodes } = await parse(windows(text), 'a.txt');
    expect(encoding).toBe('windows-1252');
    expect(episodes[0]!.scenes[0]!.elements.at(-1)!.text).toBe('“No…” “Why…?” – “Don’t…”');
  });

  it('is not seen in Chinese, be it ever so rare in a text', async () => {
    for (const [encode, encoding] of [
      [gb18030, 'gb18030'],
      [big5, 'big5'],
    ] as const) {
      const text = `${'INT. HOUSE - DAY\n\nHe waits for her in the rain.\n\n'.repeat(8)}老王\n我在這裡\n`;
      expect((await parse(encode(encoding === 'big5' ? text : text.replace('這裡', '这里')), 'a.txt')).encoding).toBe(
        encoding,
      );
    }
  });
});
