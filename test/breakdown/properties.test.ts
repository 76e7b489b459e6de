// What holds for any script: quotes stand in their element, the same script gives the same breakdown, in whatever order it comes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractDocument, knownForms, resolve, verifyQuotes } from '../../core/breakdown/index.ts';
import type { Mention } from '../../core/breakdown/schema.ts';
import { type Document, parseText } from '../../core/script/index.ts';

const people = ['林越', '苏念慈', '程知行', '程国华', '黑衣男', '周管家', '欧阳靖', '𠮷田', 'Vivian'];
const places = ['程家老宅客厅', '听风楼', '同济医院病房', '渡口'];
const saids = [
  '程总，请坐。',
  '念慈，你来。',
  '大人，冤枉！',
  '我就是林越。',
  '爸，我走了。',
  '听风楼改名“揽月楼”了。',
  '😀好。',
  '',
];
const shows = [
  '一枚鱼纹玉佩落地。',
  '换上一身青衫，戴上面具。',
  '扯下蒙面的黑巾。',
  '举起《寒山旧录》。',
  '一辆马车驶过。',
];

const person = fc.constantFrom(...people);
const line = fc.oneof(
  fc.tuple(person, fc.constantFrom(...saids)).map(([who, said]) => `${who}：${said}`),
  fc.tuple(person, fc.constantFrom(...shows)).map(([who, shown]) => `△${who}${shown}`),
  fc
    .tuple(person, fc.string({ unit: 'grapheme', maxLength: 40 }))
    .map(([who, said]) => `${who}（笑）：${said.replace(/\s/g, ' ')}`),
);
const aScene = fc.tuple(
  fc.constantFrom(...places),
  fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
  fc.array(line, { maxLength: 8 }),
);
const biography = fc.tuple(person, fc.constantFrom('化名白露', '人称三爷', '程国华的独子', '女，真名赵明仪'));
const script = fc
  .tuple(
    fc.uniqueArray(biography, { maxLength: 4, selector: ([name]) => name }),
    fc.array(aScene, { minLength: 1, maxLength: 10 }),
  )
  .map(([told, scenes]) =>
    [
      '人物小传',
      ...told.map(([name, text], index) => `${index + 1}. ${name}，二十岁，${text}。`),
      ...scenes.flatMap(([place, cast, lines], index) => [
        ...(index % 2 === 0 ? [`第${index / 2 + 1}集`] : []),
        `${Math.floor(index / 2) + 1}-${(index % 2) + 1} 夜 内 ${place}`,
        `人物：${cast.join('、')}`,
        ...lines,
      ]),
    ].join('\n'),
  );

/** All texts an id stands for, read from the document without the engine's help. */
function wordsAt(document: Document, { elementId }: Mention): string[] {
  const scenes = document.episodes.flatMap((episode) => episode.scenes);
  const elements = [
    ...document.episodes.flatMap((episode) => episode.elements),
    ...scenes.flatMap((scene) => scene.elements),
  ];
  return [
    ...elements
      .filter(({ id }) => id === elementId)
      .flatMap(({ text, paren, speakers }) => [text, paren ?? '', ...(speakers ?? [])]),
    ...scenes.filter(({ id }) => id === elementId).flatMap(({ heading, location }) => [heading, location]),
    ...document.biographies.filter((one) => `bio:${one.line}` === elementId).flatMap(({ text, name }) => [text, name]),
  ];
}

describe('for any script', () => {
  test('every mention is quoted verbatim from the element it names', () => {
    fc.assert(
      fc.property(script, (text) => {
        const document = parseText(text);
        for (const { mentions } of extractDocument(document))
          for (const mention of mentions)
            expect(
              wordsAt(document, mention).some((words) => mention.quote !== '' && words.includes(mention.quote)),
            ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('the order of the extractions changes nothing', () => {
    fc.assert(
      fc.property(script, fc.integer({ min: 0 }), (text, turn) => {
        const extractions = extractDocument(parseText(text));
        const turned = extractions.map((_, index) => extractions[(index + turn) % extractions.length]!).reverse();
        expect(resolve(turned)).toEqual(resolve(extractions));
      }),
      { numRuns: 60 },
    );
  });

  test('a form belongs to one asset of its kind at most, and every asset has its name among its forms', () => {
    fc.assert(
      fc.property(script, (text) => {
        const { assets } = resolve(extractDocument(parseText(text)));
        const owners = assets.flatMap(({ kind, forms }) => forms.map(({ surface }) => `${kind}:${surface}`));
        expect(new Set(owners).size).toBe(owners.length);
        expect(new Set(assets.map(({ key }) => key)).size).toBe(assets.length);
        for (const { name, forms } of assets) expect(forms.map(({ surface }) => surface)).toContain(name);
      }),
      { numRuns: 60 },
    );
  });

  test('nobody shares an asset with somebody on the same cast line, unless the script itself says they are one', () => {
    fc.assert(
      fc.property(script, (text) => {
        const document = parseText(text);
        const { assets } = resolve(extractDocument(document));
        const owner = (name: string) =>
          assets.find(({ kind, forms }) => kind === 'character' && forms.some(({ surface }) => surface === name));
        for (const { cast } of document.episodes.flatMap(({ scenes }) => scenes)) {
          const keys = cast.map((name) => owner(name)?.key).filter((key) => key !== undefined);
          expect(new Set(keys).size).toBe(keys.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('what was resolved once is resolved to the same keys again, and a person’s word changes only what it speaks of', () => {
    const extractions = extractDocument(
      parseText('第1集\n1-1 日 内 渡口\n人物：林越、苏念慈\n林越：念慈，走。\n苏念慈：好。'),
    );
    const [first, second] = [resolve(extractions), resolve(structuredClone(extractions))];
    expect(second).toEqual(first);
    const parted = resolve(extractions, [{ kind: 'character', a: '念慈', b: '苏念慈', outcome: 'rejected' }]);
    expect(parted.assets.find(({ name }) => name === '林越')).toEqual(first.assets.find(({ name }) => name === '林越'));
  });
});

describe('a quote that is not there', () => {
  test('takes its mention down, and nothing else', () => {
    const document = parseText('第1集\n1-1 日 内 渡口\n人物：林越\n林越：走。');
    const extraction = extractDocument(document)[1]!;
    const [kept, forged] = [extraction.mentions[0]!, { ...extraction.mentions[0]!, quote: '没有这句话' }];
    const lost = { ...kept, elementId: 'nowhere' };
    const { extraction: verified, refused } = verifyQuotes({ ...extraction, mentions: [kept, forged, lost] }, document);
    expect(verified.mentions).toEqual([kept]);
    expect(refused).toEqual([forged, lost]);
  });
});

test('a change in one episode leaves what is known of the others: cached extractions stay good', () => {
  const season = (last: string) =>
    parseText(`第1集\n1-1 日 内 渡口\n人物：林越\n林越：走。\n第2集\n2-1 日 内 渡口\n人物：林越\n林越：${last}`);
  expect(knownForms(season('好。'))).toEqual(knownForms(season('不好。')));
});

test('a line that lost its breaks is nobody: only what can be a name becomes an asset', () => {
  const label = '沈'.repeat(121);
  const script = (who: string) => `第1集\n1-1 日 内 渡口\n人物：${who}、林越\n${who}：走。\n林越：好。`;
  const names = (who: string) =>
    resolve(extractDocument(parseText(script(who))))
      .assets.filter(({ kind }) => kind === 'character')
      .map(({ name }) => name);
  expect(names(label)).toEqual(['林越']);
  expect(names(label.slice(1)).sort()).toEqual(['林越', label.slice(1)].sort());
});
