// Panels: a person sees the size, who stands where, what is said, how the camera moves.

import * as fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { composeEpisode } from '../../core/storyboard/index.ts';
import { across, frameOf, standing } from '../../core/storyboard/panel/frame.ts';
import { ems, wrapped } from '../../core/storyboard/panel/speech.ts';
import { type PanelCast, panel, panelSymbols } from '../../core/storyboard/panel.ts';
import { CameraAngle, type ComposedShot, Movement, ShotSize } from '../../core/storyboard/schema.ts';
import { anyEpisode, episode, library, says, scene, shows, style } from './stage.ts';

const cast: PanelCast = {
  aspect: '9:16',
  language: 'zh',
  colour: (id) => (id === '' ? undefined : Number(id.slice(1))),
  isWoman: (id) => id === 'c1',
  isGroup: (id) => id === 'x1',
  isChild: (id) => id === 'c9',
  propName: (id) => library.props.find((one) => one.id === id)?.name ?? '',
  hour: 'NIGHT',
};
const told = episode([
  scene('1-1', [
    shows('谢灯儿踩着梯子挂灯，裴照翻身下马。'),
    says('裴照', '谁动过这盏走马灯？站出来说话。'),
    says('谢灯儿', '量灯架就是杀人？那裁缝量过的人，岂不是都得死？', { voice: 'VO' }),
    shows('银针落在案上。'),
  ]),
]);
const shots = composeEpisode(told, library, style);
const speaking = shots.find((shot) => shot.lines.some((line) => line.onScreen))!;
const drawn = (change: Partial<ComposedShot>, on: ComposedShot = speaking) => panel({ ...on, ...change }, cast);
/** Scales of the figures drawn. */
const scales = (svg: string) =>
  [...svg.matchAll(/translate\([^)]*\) scale\(-?[\d.]+ ([\d.]+)\)/g)].map((m) => Number(m[1]));

test('inside a car people sit, and the car is drawn; beside it they stand in the street', () => {
  const wide = { size: 'LS', angle: 'eye_level', location: '轿车内' } as const;
  expect(drawn({ ...wide, intExt: 'INT' })).toMatch(/href="#gc".*href="#lk"/);
  expect(drawn({ ...wide, intExt: 'INT', location: '车间' })).toContain('href="#gi"');
  expect(drawn({ ...wide, intExt: 'EXT' })).toContain('href="#gs"');
  const road = { ...wide, intExt: 'EXT', location: '街道/车内' } as const;
  expect(drawn({ ...road, action: '周凯开车。' })).toContain('href="#gc"');
  expect(drawn({ ...road, action: '轿车疾驰而过。' })).toContain('href="#gs"');
});

test('rain and snow fall outside, and hide the moon', () => {
  const wide = { size: 'LS', angle: 'eye_level', intExt: 'EXT' } as const;
  expect(drawn({ ...wide, atmosphere: '' })).toMatch(/^(?!.*href="#g[rx]").*<circle/);
  expect(drawn({ ...wide, atmosphere: '大雨滂沱' })).toMatch(/^(?!.*<circle[^>]*var\(--lit\)).*href="#gr"/);
  expect(drawn({ ...wide, atmosphere: 'falling snow' })).toContain('href="#gx"');
  expect(drawn({ ...wide, intExt: 'INT', atmosphere: '窗外大雨滂沱' })).not.toContain('href="#gr"');
});

test('people nobody names are drawn as a group where the words tell of them', () => {
  const alone = { size: 'LS', angle: 'eye_level', blocking: [], lines: [], purpose: 'action' } as const;
  const draw = (action: string) => drawn({ ...alone, action } as unknown as Partial<ComposedShot>);
  expect(draw('数十名弟子持刀列阵。')).toContain('href="#cr"');
  expect(draw('Two guards cross the yard.')).toContain('href="#cr"');
  for (const action of ['屋里空无一人。', '大雨。']) expect(draw(action)).not.toContain('href="#cr"');
});

test('any shot gives a well-formed drawing that uses only symbols there are, and gives it again', () => {
  const symbols = new Set([...panelSymbols.matchAll(/ id="(\w+)"/g)].map((m) => m[1]));
  expect(XMLValidator.validate(panelSymbols)).toBe(true);
  fc.assert(
    fc.property(
      anyEpisode,
      fc.constantFrom(...ShotSize.options),
      fc.constantFrom(...CameraAngle.options),
      fc.constantFrom(...Movement.options),
      fc.constantFrom('9:16' as const, '16:9' as const),
      (any, size, angle, movement, aspect) => {
        for (const shot of composeEpisode(any, library, style)) {
          const svg = panel({ ...shot, size, angle, movement }, { ...cast, aspect });
          expect(XMLValidator.validate(svg)).toBe(true);
          for (const [, id] of svg.matchAll(/href="#(\w+)"/g)) expect(symbols).toContain(id);
          expect(svg).not.toMatch(/NaN|undefined|Infinity/);
          expect(panel({ ...shot, size, angle, movement }, { ...cast, aspect })).toBe(svg);
        }
      },
    ),
    { numRuns: 40 },
  );
});

describe('a panel', () => {
  test('shows people larger the closer the size', () => {
    const heights = [...ShotSize.options]
      .reverse()
      .map((size) => Math.max(...scales(drawn({ size, angle: 'eye_level' }))));
    expect([...heights].sort((a, b) => a - b)).toEqual(heights);
    expect(new Set(heights).size).toBe(7);
  });

  test('keeps the head in the frame at every size', () => {
    for (const aspect of ['9:16', '16:9'] as const)
      for (const size of ShotSize.options) {
        const frame = frameOf(aspect);
        const { scale, top } = standing(size, 1, true, frame);
        expect(top).toBeGreaterThan(0);
        expect(top + 7 * scale).toBeLessThan(frame.height);
      }
  });

  test('puts people on the side they are blocked on', () => {
    const [left, right] = across(['left', 'right']);
    expect(left).toBeLessThan(0.5);
    expect(right).toBeGreaterThan(0.5);
    const three = across(['left', 'left', 'right']);
    expect(three).toEqual(three.toSorted((a, b) => a - b));
    expect(across(['right'])[0]).toBeGreaterThan(across(['centre'])[0]!);
  });

  test('writes what is said into a bubble with a tail, and a voice from elsewhere into a box with a name', () => {
    expect(drawn({})).toMatch(/class="b k"/);
    const off = { ...speaking.lines[0]!, onScreen: false, voice: 'VO' as const };
    expect(drawn({ lines: [off] })).toMatch(/class="v"/);
    expect(drawn({ lines: [off] })).toContain(`${off.speakers[0]} VO`);
    expect(drawn({ lines: [] })).not.toMatch(/class="[bv]/);
  });

  test('draws arrows for every move and none for a still camera', () => {
    expect(drawn({ movement: 'static' })).not.toContain('class="a"');
    for (const movement of Movement.options)
      if (movement !== 'static') expect(drawn({ movement }), movement).toContain('class="a"');
    expect(drawn({ movement: 'push_in' })).not.toBe(drawn({ movement: 'pull_out' }));
  });

  test('shows the thing an insert is of, the words on screen, the hour and the safe area', () => {
    const insert = shots.find((shot) => shot.blocking.length === 0 && shot.propAssetIds.length > 0)!;
    expect(panel(insert, cast)).toContain('href="#pn"');
    expect(drawn({ caption: '三日后' })).toContain('三日后');
    expect(drawn({ time: 'SAME' })).toContain('hNIGHT');
    expect(drawn({})).toContain('class="z"');
  });

  test('lays name plates out so that none covers another, inside the frame', () => {
    const names = ['百姓若干', '谢灯儿', '裴照大人', 'Ellery the Younger'];
    const blocking = names.map((name) => ({ ...speaking.blocking[0]!, assetId: '', name, side: 'left' as const }));
    for (const aspect of ['9:16', '16:9'] as const)
      for (const size of ShotSize.options)
        for (const angle of CameraAngle.options) {
          const svg = panel({ ...speaking, blocking, size, angle }, { ...cast, aspect });
          const plates = [
            ...svg.matchAll(/class="lp" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
          ].map(([, x, y, w, h]) => ({ x: Number(x), y: Number(y), w: Number(w), h: Number(h) }));
          expect(plates).toHaveLength(4);
          for (const [i, a] of plates.entries()) {
            expect(a.y + a.h).toBeLessThanOrEqual(frameOf(aspect).height);
            expect(a.y).toBeGreaterThanOrEqual(0);
            for (const b of plates.slice(i + 1))
              expect(a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h).toBe(false);
          }
        }
  });

  test('labels moves and voices in the language of the script', () => {
    const off = { ...speaking.lines[0]!, onScreen: false };
    const told = panel({ ...speaking, movement: 'crane', lines: [off] }, { ...cast, language: 'en' });
    expect(told).toContain('crane move');
    expect(told).toContain(`${off.speakers[0]} (off)`);
    expect(drawn({ movement: 'crane', lines: [off] })).toMatch(/升降.*（画外）/s);
  });

  test('cannot be broken by the words in it', () => {
    const text = `"'><script>alert(1)</script>&\u0007`;
    const lines = [{ ...speaking.lines[0]!, text, speakers: [text], onScreen: false }];
    const svg = drawn({ lines, caption: text, blocking: [{ ...speaking.blocking[0]!, name: text }] });
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(svg).not.toContain('<script');
  });
});

test('words are wrapped to the width they have; only a closing mark may hang', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('火', '，', 'a', ' ', '。', 'W', '”'), maxLength: 80 }),
      fc.integer({ min: 4, max: 14 }),
      (text, max) => {
        const lines = wrapped(text, max, 99);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const line of lines.filter((one) => !/[A-Za-z]{4}/.test(one)))
          expect(ems(line.replace(/[，。”]+$/, ''))).toBeLessThanOrEqual(max);
      },
    ),
  );
  expect(wrapped('火'.repeat(40), 10, 2)).toEqual(['火'.repeat(10), `${'火'.repeat(9)}…`]);
});
