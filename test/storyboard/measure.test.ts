// The craft, measured: what the built-in engine makes of whole scripts meets every bar, and each bar can be missed.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ComposedShot, composeEpisode, type Measures, measure } from '../../core/storyboard/index.ts';
import { shared } from '../kit/shared.ts';
import { type Told, toldOf } from './drama.ts';
import { episode, library, says, scene, shows, style } from './stage.ts';

const measured = ({ document, cast, shots }: Told): Measures =>
  measure(
    document.episodes.map((one, i) => ({ episode: one, shots: shots[i]! })),
    cast,
  );
const missed = (measures: Measures) =>
  Object.entries(measures).flatMap(([name, { holds, value, outside }]) => (holds ? [] : [{ name, value, outside }]));

describe('the demo drama', async () => {
  const told = await toldOf('demo/zh_jindenglu.txt');

  test('meets every bar as a whole', () => {
    const measures = measured(told);
    expect(missed(measures)).toEqual([]);
    for (const name of ['dialogueOnce', 'order', 'references', 'actionCoverage', 'sceneCoverage', 'prompts'] as const)
      expect(measures[name].value).toBe(1);
  });

  test('meets every bar in each episode', () => {
    for (const [i, one] of told.document.episodes.entries())
      expect(missed(measure([{ episode: one, shots: told.shots[i]! }], told.cast)), `episode ${one.number}`).toEqual(
        [],
      );
  });

  test('lasts one to two and a half minutes an episode', () => {
    for (const shots of told.shots) {
      const seconds = shots.reduce((sum, shot) => sum + shot.duration, 0);
      expect(seconds).toBeGreaterThan(60);
      expect(seconds).toBeLessThan(150);
    }
  });
});

describe.skipIf(shared === undefined)('scripts in other languages and formats', () => {
  // plays speak in verse by the minute, so their shots are long; four lines say nothing of how often a speaker is seen
  test.each([
    ['en_ascent_to_guru_peak.fountain', []],
    ['en_ascent_to_guru_peak.pdf', []],
    ['en_radio_store.fdx', ['speakerVisible']],
    ['en_romeo_and_juliet.txt', ['medianShot']],
    ['zh_jindenglu_ep1-3.docx', []],
    ['zh_jindenglu_ep1-6.gbk.txt', []],
  ])('%s meets the bars', async (file, but) => {
    const told = await toldOf(join(shared ?? '', 'scripts', file));
    expect(missed(measured(told)).filter(({ name }) => !but.includes(name as never))).toEqual([]);
  });
});

describe('a bar is missed by', () => {
  const told = episode([
    scene('1-1', [
      shows('谢灯儿踩着梯子挂灯，裴照翻身下马。'),
      says('裴照', '谁动过这盏走马灯？站出来说话。'),
      says('谢灯儿', '量灯架就是杀人？那裁缝量过的人，岂不是都得死？'),
      says('裴照', '你随我去一趟大理寺，说个明白。'),
      says('谢灯儿', '去就去，我没有做过的事，不怕问。'),
      shows('银针落在案上。'),
    ]),
  ]);
  const shots = composeEpisode(told, library, style);
  const all = (change: Partial<ComposedShot>) => shots.map((shot) => ({ ...shot, ...change }));
  const missedBy = (changed: readonly ComposedShot[]) =>
    missed(measure([{ episode: told, shots: changed }], library)).map(({ name }) => name);

  test('nothing the engine made', () => expect(missedBy(shots)).toEqual([]));
  test('one size for all', () =>
    expect(missedBy(all({ size: 'MS', angle: 'eye_level' }))).toEqual(
      expect.arrayContaining(['sizeEntropy', 'mostUsedSize', 'newPlaceWide']),
    ));
  test('a new place seen close, unless the shot says why', () => {
    const close = (unsourced: string) =>
      shots.map((shot, i) => (i === 0 ? { ...shot, size: 'CU' as const, unsourced } : shot));
    expect(missedBy(close(''))).toEqual(['newPlaceWide']);
    expect(missedBy(close('承接上一集的特写'))).toEqual([]);
  });
  test('a look nobody has', () =>
    expect(missedBy(all({ blocking: shots[0]!.blocking.map((one) => ({ ...one, variant: '婚纱' })) }))).toEqual(
      expect.arrayContaining(['costumes', 'references']),
    ));
  test('a prompt without its place', () =>
    expect(missedBy(all({ imagePrompt: { zh: '一个人站着。', en: 'Somebody stands.' } }))).toEqual(['prompts']));
  test('shots that drag', () => expect(missedBy(all({ duration: 14 }))).toEqual(['medianShot']));
  test('speakers always or never seen', () => {
    const seen = (onScreen: boolean) =>
      shots.map((shot) => ({ ...shot, lines: shot.lines.map((line) => ({ ...line, onScreen })) }));
    expect(missedBy(seen(false))).toEqual(['speakerVisible']);
    expect(missedBy(seen(true))).toContain('speakerVisible');
  });
  test('pictures out of nothing, and more so when they do not say so', () => {
    const bare = { ...shots[0]!, key: 'x', elementIds: [], lines: [], action: '', unsourced: '' };
    expect(missedBy([bare, ...shots])).toEqual(expect.arrayContaining(['unsourced', 'unsourcedMarked']));
    expect(missedBy([{ ...bare, unsourced: '加一个空镜' }, ...shots])).not.toContain('unsourcedMarked');
  });
});
