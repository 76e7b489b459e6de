// Cutting an episode to a model: everything once, in order, within the room.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fit as cut, type FittedScene, halved, leastRoom, type Part } from '../../core/ai/fit.ts';
import type { Element, Scene } from '../../core/script/schema.ts';

const element = (id: string, text: string): Element => ({
  id,
  kind: 'action',
  text,
  line: 1,
  endLine: 1,
  offset: 0,
  length: 0,
});
const scene = (number: number, texts: readonly string[]): Scene => ({
  id: `sce_${number}`, number: String(number), heading: `${number}-1 王府·书房 夜 内`, line: 1, intExt: 'INT', time: 'NIGHT', timeText: '夜',
  location: '王府·书房', cast: ['谢灯儿', '李砚'], elements: texts.map((text, at) => element(`el_${number}_${at}`, text)),
}); // biome-ignore format: one thought

const sentence = fc.constantFrom(
  '灯儿推门而入。',
  '“谁？”',
  '雨声。',
  '李砚放下书卷，沉默良久，终于开口！',
  'He waits.',
  '𠮷野家',
  '没有标点的一段话',
);
const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(sentence, { minLength: 0, maxLength: 12 }).map((all) => all.join('')) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 900 }).map((times) => '𠮷雨'.repeat(times)) },
);
const scenes = fc
  .array(fc.array(text, { maxLength: 14 }), { minLength: 1, maxLength: 12 })
  .map((all) => all.map((texts, at) => scene(at + 1, texts)));
const room = fc.record({ tokens: fc.integer({ min: leastRoom, max: 3000 }), around: fc.integer({ min: 0, max: 200 }) });

/** Every element's text by id, pieces joined, and the order in which scenes and elements come. */
function told(parts: readonly { scenes: readonly FittedScene[] }[]) {
  const texts = new Map<string, string>();
  for (const one of parts.flatMap((part) => part.scenes).flatMap((fitted) => fitted.elements))
    texts.set(one.id, (texts.get(one.id) ?? '') + one.text);
  return { texts: [...texts], scenes: [...new Set(parts.flatMap((part) => part.scenes.map(({ id }) => id)))] };
}

const wanted = (all: readonly Scene[]) => ({
  texts: all.flatMap(({ elements }) => elements.map(({ id, text: words }) => [id, words])),
  scenes: all.map(({ id }) => id),
});

describe('parts of an episode', () => {
  test('hold every element of every scene once and in order, whatever the room', () => {
    fc.assert(
      fc.property(scenes, room, (all, space) => {
        expect(told(cut(all, space))).toEqual(wanted(all));
      }),
    );
  });

  test('take no more than the room', () => {
    fc.assert(
      fc.property(scenes, room, (all, space) => {
        for (const part of cut(all, space)) expect(part.tokens).toBeLessThanOrEqual(space.tokens);
      }),
    );
  });

  test('are one where all fits, and cut between scenes where it does not', () => {
    const all = [1, 2, 3, 4].map((number) => scene(number, ['灯儿推门而入。'.repeat(20)]));
    expect(cut(all, { tokens: 10_000, around: 0 })).toHaveLength(1);
    const parts = cut(all, { tokens: 300, around: 0 });
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap((part) => part.scenes).every(({ parts: pieces }) => pieces === 1)).toBe(true);
  });

  test('of a scene that is too long say which piece they are; its sentences stay whole', () => {
    const parts = cut([scene(1, ['灯儿推门而入。'.repeat(200)])], { tokens: 400, around: 0 });
    expect(parts[1]?.scenes[0]).toMatchObject({ part: 2, parts: parts.length });
    for (const {
      scenes: [piece],
    } of parts)
      expect(piece?.elements[0]?.text).toMatch(/^(灯儿推门而入。)+$/);
  });

  test('show the end of what was before and the beginning of what comes', () => {
    const all = [1, 2, 3].map((number) =>
      scene(number, [...Array(9).fill('灯儿推门而入，抬头望见檐下一盏孤灯。'), `尾${number}`]),
    );
    const [, middle] = cut(all, { tokens: 300, around: 60 });
    expect(middle?.before?.elements.at(-1)?.text).toBe('尾1');
    expect(middle?.after?.elements[0]?.id).toBe('el_3_0');
  });

  test('of nothing are none; less room than a heading needs is our own mistake', () => {
    expect(cut([], { tokens: 1000, around: 0 })).toEqual([]);
    expect(() => cut([], { tokens: 10, around: 0 })).toThrow(RangeError);
  });
});

describe('halving', () => {
  const within = (part: Part, space: { tokens: number; around: number }): Part[] => {
    const halves = halved(part, space);
    return halves ? halves.flatMap((half) => within(half, space)) : [part];
  };

  test('keeps everything, in order, and ends', () => {
    fc.assert(
      fc.property(scenes, room, (all, space) => {
        for (const part of cut(all, space)) {
          const halves = halved(part, space);
          if (halves) expect(told(halves)).toEqual(told([part]));
          if (halves) for (const half of halves) expect(half.scenes.length).toBeGreaterThan(0);
        }
      }),
    );
    const [whole] = cut([scene(1, ['灯儿推门而入。雨声。', '“谁？”'])], { tokens: 1000, around: 0 });
    expect(whole && told(within(whole, { tokens: 1000, around: 0 }))).toEqual(whole && told([whole]));
  });

  test('of one short line gives nothing', () => {
    const [part] = cut([scene(1, ['雨。'])], { tokens: 1000, around: 0 });
    expect(part && halved(part, { tokens: 1000, around: 0 })).toBeUndefined();
  });
});
