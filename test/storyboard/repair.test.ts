// A storyboard from any engine never leaves with a gap.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Episode } from '../../core/script/index.ts';
import { type ComposedShot, composeEpisode, coverage, repair } from '../../core/storyboard/index.ts';
import { anyEpisode, episode, library, says, scene, shows, style } from './stage.ts';

type Harm = (shots: ComposedShot[], at: number, told: Episode) => ComposedShot[];
const edit = (shots: ComposedShot[], at: number, change: (shot: ComposedShot) => ComposedShot) =>
  shots.map((shot, i) => (i === at ? change(shot) : shot));

/** Everything a model has been seen to do to a storyboard. */
const harms: Record<string, Harm> = {
  'leaves a shot out': (shots, at) => shots.filter((_, i) => i !== at),
  'says a shot twice': (shots, at) => [...shots, ...shots.slice(at, at + 1)],
  'turns the order round': (shots) => [...shots].reverse(),
  'moves a shot away': (shots, at) => [...shots.slice(at + 1), ...shots.slice(0, at + 1)],
  'rewrites a line': (shots, at) =>
    edit(shots, at, (shot) => ({ ...shot, lines: shot.lines.map((line) => ({ ...line, text: `${line.text}吧` })) })),
  'gives a line to somebody else': (shots, at) =>
    edit(shots, at, (shot) => ({
      ...shot,
      lines: shot.lines.map((line) => ({ ...line, speakers: ['阿蛮'], speakerAssetIds: ['c3'] })),
    })),
  'invents an element': (shots, at) =>
    edit(shots, at, (shot) => ({ ...shot, elementIds: ['no-such', ...shot.elementIds] })),
  'forgets which line it is': (shots, at) =>
    edit(shots, at, (shot) => ({ ...shot, lines: shot.lines.map((line) => ({ ...line, elementId: 'L?' })) })),
  'invents people and props': (shots, at) =>
    edit(shots, at, (shot) => ({
      ...shot,
      propAssetIds: ['p99'],
      blocking: [{ assetId: 'c99', name: '路人', side: 'left', facing: 'right', variant: '' }],
    })),
  'dresses somebody wrongly': (shots, at) =>
    edit(shots, at, (shot) => ({ ...shot, blocking: shot.blocking.map((one) => ({ ...one, variant: '婚纱' })) })),
  'takes another scene': (shots, at, told) => edit(shots, at, (shot) => ({ ...shot, sceneId: told.scenes[0]!.id })),
  'is in a scene that is not there': (shots, at) => edit(shots, at, (shot) => ({ ...shot, sceneId: 'nowhere' })),
  'puts everything into one shot': (shots) =>
    shots.slice(0, 1).map((first) => ({
      ...first,
      lines: shots.flatMap((s) => s.lines),
      elementIds: shots.flatMap((s) => s.elementIds),
    })),
  'is too quick': (shots, at) => edit(shots, at, (shot) => ({ ...shot, duration: 0.1 })),
  'is endless': (shots, at) => edit(shots, at, (shot) => ({ ...shot, duration: 60 })),
  'writes no prompts': (shots, at) => edit(shots, at, (shot) => ({ ...shot, imagePrompt: { zh: '', en: '' } })),
  'answers nothing': () => [],
};

const anyHarm = fc.array(fc.tuple(fc.constantFrom(...Object.keys(harms)), fc.nat(40)), { minLength: 1, maxLength: 6 });

describe('repair', () => {
  test('makes whole whatever an engine got wrong', () => {
    fc.assert(
      fc.property(anyEpisode, anyHarm, (told, done) => {
        let shots = composeEpisode(told, library, style);
        for (const [name, at] of done) shots = harms[name]!(shots, at % Math.max(1, shots.length), told);
        const report = coverage(told, repair(told, shots, library, style), library);
        expect(report.issues).toEqual([]);
        expect(report.complete).toBe(true);
        expect(report.duration.longest).toBeLessThanOrEqual(15);
      }),
      { numRuns: 200 },
    );
  });

  test('leaves a storyboard without faults as it is', () => {
    fc.assert(
      fc.property(anyEpisode, (told) => {
        const shots = composeEpisode(told, library, style);
        expect(repair(told, shots, library, style)).toEqual(shots);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps the camera a person or a model chose and adds only what is missing', () => {
    const told = episode([
      scene('1-1', [shows('谢灯儿挂灯。'), says('裴照', '谁动过这盏灯？'), says('谢灯儿', '我没有动过它。')]),
    ]);
    const made = composeEpisode(told, library, style).map((shot) => ({ ...shot, lens: '40mm', title: '我的镜头' }));
    const [first, , ...rest] = made;
    const mended = repair(told, [first!, ...rest], library, style);
    expect(mended.filter((shot) => shot.lens === '40mm')).toHaveLength(made.length - 1);
    expect(mended.flatMap((shot) => shot.lines.map((line) => line.text))).toEqual(['谁动过这盏灯？', '我没有动过它。']);
  });
});
