// What cannot be read is refused with a code and a sentence in both languages; nothing hangs, crashes or is cut without a word.
import { describe, expect, it } from 'vitest';
import { Failure } from '../../core/platform/failure.ts';
import { FILE_LIMIT, parse, parseText } from '../../core/script/index.ts';
import { pdfOf, wordOf, wordXml, zipOf } from './files.ts';

/** The failure a file is refused with. */
async function refusal(bytes: Uint8Array | string, name: string): Promise<Failure> {
  const file = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  const error = await parse(file, name).then(
    (document) => expect.fail(`read as ${document.format}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

/** An old office container whose directory names these streams. */
const container = (...streams: string[]) =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(1000),
    ...streams.map((name) => Buffer.from(name, 'utf16le')),
  ]);

const FDX =
  '<?xml version="1.0"?><FinalDraft><Content><Paragraph Type="Action"><Text>He goes.</Text></Paragraph></Content></FinalDraft>';
const BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>';
const deep = (depth: number) => `${'<w:p>'.repeat(depth)}x${'</w:p>'.repeat(depth)}`;

type Case = [what: string, code: string, name: string, bytes: () => Uint8Array | string | Promise<Uint8Array>];

const REFUSED: Case[] = [
  ['an empty file', 'EMPTY_FILE', 'a.txt', () => ''],
  ['a file of blanks', 'EMPTY_FILE', 'a.txt', () => Buffer.from(' \n\r\n　\t\n')],
  ['a byte order mark alone', 'EMPTY_FILE', 'a.txt', () => '\u00ef\u00bb\u00bf'],
  ['noise', 'BINARY_FILE', 'a.txt', () => Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251))],
  ['zeros', 'BINARY_FILE', 'a.txt', () => Buffer.alloc(100_000)],
  ['a program', 'BINARY_FILE', 'a.md', () => `\u007fELF\u0002\u0001\u0001${'\0\u0001\u0002\u00c3'.repeat(2000)}`],
  ['a picture', 'UNSUPPORTED_FILE_TYPE', 'a.txt', () => '\u0089PNG\r\n\u001a\n'],
  ['a photograph', 'UNSUPPORTED_FILE_TYPE', 'a.docx', () => '\u00ff\u00d8\u00ff\u00e0'],
  ['a compressed file', 'UNSUPPORTED_FILE_TYPE', 'a.txt', () => '\u001f\u008b\u0008\u0000'],
  ['rich text', 'UNSUPPORTED_FILE_TYPE', 'a.doc', () => '{\\rtf1 hello}'],
  ['a web page', 'UNSUPPORTED_FILE_TYPE', 'a.html', () => '<!DOCTYPE html><html><body>x</body></html>'],
  ['a spreadsheet', 'UNSUPPORTED_FILE_TYPE', 'a.docx', () => zipOf({ 'xl/workbook.xml': '<x/>' })],
  ['a book', 'UNSUPPORTED_FILE_TYPE', 'a.docx', () => zipOf({ 'META-INF/container.xml': '<x/>' })],
  ['a zip of anything', 'UNSUPPORTED_FILE_TYPE', 'a.docx', () => zipOf({ 'a.txt': 'hello' })],
  ['an old spreadsheet', 'UNSUPPORTED_FILE_TYPE', 'a.xls', () => container('Workbook')],
  ['a Word file behind a password', 'DOCX_ENCRYPTED', 'a.docx', () => container('EncryptionInfo', 'EncryptedPackage')],
  ['an old Word file', 'DOCX_ENCRYPTED', 'a.doc', () => container('WordDocument')],
  ['a Word file without a document', 'DOCX_DAMAGED', 'a.docx', () => zipOf({ 'word/styles.xml': '<x/>' })],
  [
    'a Word file cut off',
    'DOCX_DAMAGED',
    'a.docx',
    async () => (await wordOf(['第1集'.repeat(2000)])).subarray(0, 1500),
  ],
  ['a Word file of broken XML', 'DOCX_DAMAGED', 'a.docx', () => zipOf({ 'word/document.xml': '<w:document><w:body>' })],
  [
    'a Word file with entities',
    'DOCX_DAMAGED',
    'a.docx',
    () => zipOf({ 'word/document.xml': wordXml('&b;', BILLION) }),
  ],
  [
    'a Word file nested without end',
    'DOCX_DAMAGED',
    'a.docx',
    () => zipOf({ 'word/document.xml': wordXml(deep(50_000)) }),
  ],
  ['a Word file without words', 'EMPTY_FILE', 'a.docx', () => wordOf(['', ' '])],
  ['a zip bomb', 'DOCX_TOO_LARGE', 'a.docx', () => zipOf({ 'word/document.xml': Buffer.alloc(60 * 1024 * 1024, 32) })],
  ['Final Draft with entities', 'FDX_ENTITIES', 'a.fdx', () => FDX.replace('?>', `?>${BILLION}`)],
  ['Final Draft cut off', 'FDX_DAMAGED', 'a.fdx', () => FDX.slice(0, 80)],
  [
    'Final Draft nested without end',
    'FDX_DAMAGED',
    'a.fdx',
    () => `<FinalDraft><Content>${'<Paragraph>'.repeat(50_000)}`,
  ],
  ['another XML file', 'FDX_DAMAGED', 'a.fdx', () => '<?xml version="1.0"?><a><b/></a>'],
  ['Final Draft without a paragraph', 'EMPTY_FILE', 'a.fdx', () => '<FinalDraft><Content></Content></FinalDraft>'],
  ['a scanned PDF', 'SCANNED_PDF', 'a.pdf', () => pdfOf([[], [], []])],
  [
    'a scanned PDF with page numbers',
    'SCANNED_PDF',
    'a.pdf',
    () => pdfOf([1, 2, 3].map((page) => [{ text: `- ${page} -`, x: 300, y: 760 }])),
  ],
  [
    'a PDF behind a password',
    'PDF_ENCRYPTED',
    'a.pdf',
    () => pdfOf([[{ text: 'INT. A - DAY and more words', x: 90, y: 90 }]], { password: 'x' }),
  ],
  ['a damaged PDF', 'PDF_DAMAGED', 'a.pdf', () => `%PDF-1.7\n${'garbage '.repeat(50)}`],
  ['more than 50 MB', 'FILE_TOO_LARGE', 'a.txt', () => Buffer.alloc(FILE_LIMIT + 1, 65)],
  [
    'more than 10,000 scenes',
    'TOO_MANY_SCENES',
    'a.txt',
    () => Buffer.from(`第1集\n${Array.from({ length: 10_001 }, (_, i) => `${i + 1}. 客厅 日 内\n△走。\n`).join('')}`),
  ],
  [
    'more than 10,000 English scenes',
    'TOO_MANY_SCENES',
    'a.txt',
    () => 'INT. ROOM - DAY\n\nHe goes.\n\n'.repeat(10_001),
  ],
  ['more lines than any script', 'TOO_MANY_LINES', 'a.txt', () => 'a\n'.repeat(2_000_001)],
];

describe('refused', () => {
  it.each(REFUSED)('%s: %s', async (_, code, name, bytes) => {
    const failure = await refusal(await bytes(), name);
    expect(failure.code).toBe(code);
    expect(failure.say('zh-CN')).toMatch(/\p{Script=Han}.*。/u);
    expect(failure.say('en')).toMatch(/^[A-Z].*\.$/);
    expect(failure.say('en')).not.toContain('undefined');
  });
});

const codes = (text: string) => parseText(text).warnings.map(({ code }) => code);

describe('read, with a warning', () => {
  it.each([
    ['no episode heading', '1-1 日 内 客厅\n甲：走。\n', 'no_episode_heading'],
    ['no scene heading', '第1集\n甲：走。\n', 'no_scene_heading'],
    ['no scene heading in English', 'He goes.\n\nJOHN\nHello.\n', 'no_scene_heading'],
    ['an episode number twice', '第3集\n3-1 日 内 家\n△走。\n第3集\n3-1 日 内 家\n△走。\n', 'duplicate_episode'],
    ['a scene number twice', '第1集\n1-1 日 内 家\n△走。\n1-1 夜 外 街\n△走。\n', 'duplicate_scene'],
    ['a scene number left out', '第1集\n1-1 日 内 家\n△走。\n1-4 夜 外 街\n△走。\n', 'scene_gap'],
    ['a scene without content', '第1集\n1-1 日 内 家\n1-2 夜 外 街\n△走。\n', 'empty_scene'],
    ['a flashback that does not end', '第1集\n1-1 日 内 家\n【闪回】\n△走。\n', 'flashback_open'],
    ['a time that is no time of day', '第1集\n1-1 2019.1.30 内 家\n△走。\n', 'unknown_time'],
    ['a speaker nobody named', '第1集\n1-1 日 内 家\n人物：甲\n乙：走。\n', 'unknown_speaker'],
    ['a line nothing reads', '第1集\n1-1 日 内 家\n……！\n', 'unread_line'],
    ['speech in a row of a table', '第1集\n1-1 日 内 家\n| 镜号 | 台词 |\n| 1 | 甲：走。 |\n', 'unread_line'],
    ['front matter and nothing else', '《甲》\n人物小传\n甲（28岁）：将军。\n', 'front_matter_only'],
    ['control characters', '第1集\n1-1 日 内 家\n甲\u0007：走。\u200b\n', 'control_characters'],
  ])('%s', (_, text, code) => {
    expect(codes(text)).toContain(code);
  });

  it('two scripts in one file: both are read, the second under further numbers', () => {
    const one = '第1集\n1-1 日 内 家\n甲：走。\n第2集\n2-1 日 内 家\n甲：来。\n';
    const document = parseText(`《甲剧》\n${one}《乙剧》\n人物小传\n丙（20岁）：学生\n${one}`);
    expect(document.episodes.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(document.warnings.map(({ code }) => code)).toEqual([
      'second_script',
      'duplicate_episode',
      'duplicate_episode',
    ]);
    expect(document.biographies.map(({ name }) => name)).toEqual(['丙']);
  });

  it('a duplicate in the middle does not shift the numbers behind it', () => {
    const episode = (number: number) => `第${number}集\n${number}-1 日 内 家\n△走。\n`;
    const { episodes } = parseText([1, 2, 2, 3, 4].map(episode).join(''));
    expect(episodes.map(({ number }) => number)).toEqual([1, 2, 5, 3, 4]);
  });

  it('a single line of 40 MB', async () => {
    const document = await parse(Buffer.from(`第1集\n1-1 日 内 家\n${'甲：走。'.repeat(3_400_000)}`), 'a.txt');
    const [element] = document.episodes[0]!.scenes[0]!.elements.slice(-1);
    expect(element!.length).toBe(4 * 3_400_000);
    expect(document.warnings.map(({ code }) => code)).toContain('long_line');
  });

  it.each(['', '（笑）'])('a name in brackets%s before a hundred thousand blanks and an open bracket', (manner) => {
    const { episodes } = parseText(`第1集\n1-1 日 内 家\n人物：沈青\n【沈青】${manner}${' '.repeat(100_000)}（走`);
    expect(episodes[0]!.scenes[0]!.elements).toHaveLength(3);
  });

  it.each(['#', '- ', '> ', '*', '_', '[[', '•', '·', '（', '【', ' ', '.,'])(
    'a million times “%s” in one line',
    async (unit) => {
      for (const name of ['a.md', 'a.txt', 'a.fountain']) {
        const document = await parse(
          Buffer.from(`INT. A - DAY\n\n甲：x${unit.repeat(1_000_000)}y\n${unit.repeat(1_000_000)}x\n`),
          name,
        );
        expect(document.quality.lines).toBe(4);
      }
    },
  );

  it('a file of line feeds and little else', async () => {
    const document = await parse(Buffer.from(`${'\n'.repeat(5_000_000)}INT. A - DAY\n\nHe goes.\n`), 'a.txt');
    expect(document.episodes[0]!.scenes[0]!.line).toBe(5_000_001);
  });

  it('a warning for every line is listed a hundred times and counted', () => {
    const document = parseText(`第1集\n1-1 日 内 家\n${'……\n'.repeat(500)}`);
    const unread = document.warnings.filter(({ code }) => code === 'unread_line');
    expect(unread).toHaveLength(101);
    expect(unread.at(-1)!.message).toContain('500');
  });
});
