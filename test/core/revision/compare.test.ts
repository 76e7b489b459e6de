// Comparing two versions of a script: every line of both is found, and what was done to a script is what is told.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, type ElementChange } from '../../../core/revision/compare/index.ts';
import { parse } from '../../../core/script/index.ts';
import type { Document } from '../../../core/script/schema.ts';
import { drama } from '../../kit/drama.ts';
import { aScript, type Line, lineOf, type Scene, sentence, written } from '../../kit/written.ts';

const read = (text: string): Promise<Document> => parse(new TextEncoder().encode(text), '剧本.txt');

const idsOf = ({ episodes }: Document): string[] =>
  episodes.flatMap(({ elements, scenes }) =>
    [...elements, ...scenes.flatMap((scene) => scene.elements)].map(({ id }) => id),
  );
const scenesOf = ({ episodes }: Document): string[] => episodes.flatMap(({ scenes }) => scenes.map(({ id }) => id));
const sides = (changes: readonly { before: { id: string } | null; after: { id: string } | null }[]) => [
  changes.flatMap(({ before }) => before?.id ?? []).sort(),
  changes.flatMap(({ after }) => after?.id ?? []).sort(),
];
const turned = { same: 'same', changed: 'changed', moved: 'moved', added: 'removed', removed: 'added' } as const;
const told = (changes: readonly Pick<ElementChange, 'status' | 'before' | 'after'>[]) =>
  changes.map(({ status, before, after }) => JSON.stringify([status, before, after])).sort();

const lines = fc.array(fc.nat(30).map(lineOf), { maxLength: 8 });
const scripts = fc
  .array(fc.array(fc.record({ place: fc.constantFrom('书店', '雨巷', '码头'), lines }), { maxLength: 5 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map(written);

describe('any two scripts', () => {
  test('have every scene and every element of both sides told exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, scripts, async (one, other) => {
        const [a, b] = [await read(one), await read(other)];
        const { elements, scenes } = compare(a, b);
        expect(sides(elements)).toEqual([idsOf(a).sort(), idsOf(b).sort()]);
        expect(sides(scenes)).toEqual([scenesOf(a).sort(), scenesOf(b).sort()]);
      }),
      { numRuns: 150 },
    );
  });

  test('are told alike from either side', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, scripts, async (one, other) => {
        const [a, b] = [await read(one), await read(other)];
        const [there, back] = [compare(a, b), compare(b, a)];
        const turn = <T extends { status: keyof typeof turned }>(changes: readonly (T & ElementChange)[]) =>
          changes.map(({ status, before, after }) => ({ status: turned[status], before: after, after: before }));
        expect(told(back.elements)).toEqual(told(turn(there.elements)));
        expect(told(back.scenes as never)).toEqual(told(turn(there.scenes as never)));
      }),
      { numRuns: 150 },
    );
  });

  test('are all the same when they are one', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (text) => {
        const [a, b] = [await read(text), await read(text)];
        const { elements, scenes, episodes } = compare(a, b);
        expect([...elements, ...scenes, ...episodes].filter(({ status }) => status !== 'same')).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('lines edited at random', () => {
  const base = aScript(3, 4, 8);
  const count = 3 * 4 * 8;
  const some = fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 9 });
  /** The script with each line as `edit` gives it. */
  const edited = (edit: (line: Line, n: number) => Line[]): Scene[][] => {
    let n = 0;
    return base.map((scenes) =>
      scenes.map((scene) => ({ ...scene, lines: scene.lines.flatMap((line) => edit(line, n++)) })),
    );
  };
  const outcome = async (text: Scene[][]) => {
    const [a, b] = [await read(written(base)), await read(written(text))];
    const wordsOf = (document: Document) =>
      new Map(
        document.episodes.flatMap(({ scenes }) =>
          scenes.flatMap((s) => s.elements.map((e) => [e.id, e.text] as const)),
        ),
      );
    const [before, after] = [wordsOf(a), wordsOf(b)];
    return compare(a, b)
      .elements.filter(({ status }) => status !== 'same')
      .map((one) => [one.status, before.get(one.before?.id ?? ''), after.get(one.after?.id ?? '')]);
  };

  test('are told as removed, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(some, async (chosen) => {
        const found = await outcome(edited((line, n) => (chosen.includes(n) ? [] : [line])));
        const wanted = chosen.map((n) => ['removed', sentence(n), undefined]);
        expect(new Set(found)).toEqual(new Set(wanted));
        expect(found).toHaveLength(chosen.length);
      }),
      { numRuns: 40 },
    );
  });

  test('are told as added, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(some, async (chosen) => {
        const found = await outcome(edited((line, n) => (chosen.includes(n) ? [line, lineOf(count + n)] : [line])));
        const wanted = chosen.map((n) => ['added', undefined, sentence(count + n)]);
        expect(new Set(found)).toEqual(new Set(wanted));
        expect(found).toHaveLength(chosen.length);
      }),
      { numRuns: 40 },
    );
  });

  test('are told as changed, each beside what it was', async () => {
    await fc.assert(
      fc.asyncProperty(some, async (chosen) => {
        const found = await outcome(
          edited((line, n) => (chosen.includes(n) ? [`${line.slice(0, -1)}，再见。`] : [line])),
        );
        const wanted = chosen.map((n) => ['changed', sentence(n), `${sentence(n).slice(0, -1)}，再见。`]);
        expect(new Set(found)).toEqual(new Set(wanted));
        expect(found).toHaveLength(chosen.length);
      }),
      { numRuns: 40 },
    );
  });

  test('and put into another scene are told as moved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(count - 1), fc.nat(10), async (chosen, to) => {
        const scene = (Math.floor(chosen / 8) + 1 + to) % 12;
        const target = scene * 8;
        const found = await outcome(
          edited((line, n) => (n === chosen ? [] : n === target ? [line, lineOf(chosen)] : [line])),
        );
        expect(found).toEqual([['moved', sentence(chosen), sentence(chosen)]]);
      }),
      { numRuns: 60 },
    );
  });

  test('and put elsewhere in their scene are told as moved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(11), fc.nat(4), async (scene, at) => {
        const [chosen, target] = [scene * 8 + at, scene * 8 + at + 3];
        const found = await outcome(
          edited((line, n) => (n === chosen ? [] : n === target ? [line, lineOf(chosen)] : [line])),
        );
        expect(found).toEqual([['moved', sentence(chosen), sentence(chosen)]]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('scenes and episodes', () => {
  const scenesTold = async (one: Scene[][], other: Scene[][]) => {
    const { scenes, episodes, counts } = compare(await read(written(one)), await read(written(other)));
    return {
      scenes: scenes
        .filter(({ status }) => status !== 'same')
        .map(({ status, before, after }) => [status, before?.number, after?.number]),
      episodes: episodes.map(({ status, before, after }) => [status, before, after]),
      elements: counts.elements,
    };
  };

  test('an episode put in front leaves those that follow the same, under their new numbers', async () => {
    const base = aScript(3, 2, 6);
    const first = aScript(4, 2, 6)[3]!;
    const { scenes, episodes, elements } = await scenesTold(base, [first, ...base]);
    expect(scenes).toEqual([
      ['added', undefined, '1-1'],
      ['added', undefined, '1-2'],
    ]);
    expect(episodes).toEqual([
      ['added', null, 1],
      ['same', 1, 2],
      ['same', 2, 3],
      ['same', 3, 4],
    ]);
    expect(elements).toMatchObject({ changed: 0, moved: 0, removed: 0 });
  });

  test.each([
    ['1-2', (n: number) => `1-${n} 日 内 `],
    ['[1-2]', (n: number) => `[1-${n}] 日 内 `],
    ['第2场', (n: number) => `第${n}场 日 内 `],
    ['第二场', (n: number) => `第${'一二三四'[n - 1]}场 日 内 `],
    ['场景2', (n: number) => `场景${n} 日 内 `],
    ['2、', (n: number) => `${n}、日 内 `],
  ])('a scene put in renumbers those behind it, written %s, and changes none of them', async (_, slug) => {
    const told = (scenes: Scene[]) =>
      `第1集\n\n${scenes.map(({ place, lines }, i) => [slug(i + 1) + place, ...lines].join('\n')).join('\n\n')}`;
    const [base] = aScript(1, 3, 4);
    const put = { place: '新街', lines: [lineOf(301), lineOf(303)] };
    const { counts } = compare(await read(told(base!)), await read(told([base![0]!, put, ...base!.slice(1)])));
    expect(counts.scenes).toEqual({ same: 3, changed: 0, moved: 0, added: 1, removed: 0 });
  });

  test('a scene put into another episode has moved, whole', async () => {
    const base = aScript(3, 3, 6);
    const other = [base[0]!.slice(1), base[1]!, [...base[2]!, base[0]![0]!]];
    const { scenes, episodes, elements } = await scenesTold(base, other);
    expect(scenes).toEqual([['moved', '1-1', '3-4']]);
    expect(episodes).toEqual([
      ['changed', 1, 1],
      ['same', 2, 2],
      ['changed', 3, 3],
    ]);
    expect(elements).toMatchObject({ changed: 0, moved: 0, added: 0, removed: 0 });
  });

  test('a scene of new words under its old slug line is the scene that was there', async () => {
    const base = aScript(1, 3, 6);
    const other = structuredClone(base);
    other[0]![1]!.lines = aScript(2, 3, 6)[1]![1]!.lines;
    const { scenes, elements } = await scenesTold(base, other);
    expect(scenes).toEqual([['changed', '1-2', '1-2']]);
    expect(elements).toMatchObject({ added: 6, removed: 6 });
  });

  test('a scene cut in two stays with its larger half; the lines of the other have moved', async () => {
    const base = aScript(1, 3, 9);
    const other = structuredClone(base);
    const half = other[0]![1]!.lines.splice(6);
    other[0]!.splice(2, 0, { place: '新街', lines: half });
    const { scenes, elements } = await scenesTold(base, other);
    expect(scenes).toEqual([
      ['changed', '1-2', '1-2'],
      ['added', undefined, '1-3'],
    ]);
    expect(elements).toMatchObject({ moved: 3, added: 1, removed: 0 });
  });

  test('a line said another way is told as changed, though its words stayed', async () => {
    const { elements } = compare(await read(drama), await read(drama.replace('顾言之（低声）', '顾言之（高声）')));
    expect(elements.filter(({ status }) => status !== 'same').map(({ status }) => status)).toEqual(['changed']);
  });

  test('ten thousand scenes with a few edits are told in full', async () => {
    const base = aScript(100, 100, 3);
    const other = structuredClone(base);
    other[7]!.splice(3, 1);
    other[50]![9]!.lines[1] = `${other[50]![9]!.lines[1]!.slice(0, -1)}，再见。`;
    const { scenes, elements } = await scenesTold(base, other);
    expect(scenes).toEqual([
      ['removed', '8-4', undefined],
      ['changed', '51-10', '51-10'],
    ]);
    expect(elements).toMatchObject({ changed: 1, removed: 4, added: 0, moved: 0 });
  });
});
