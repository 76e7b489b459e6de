// The coverage report: each fault is counted, named, and told how to mend.
import { describe, expect, test } from 'vitest';
import { type ComposedShot, composeEpisode, coverage } from '../../core/storyboard/index.ts';
import { episode, library, says, scene, shows, style } from './stage.ts';

const lamp = shows('谢灯儿踩着梯子挂灯，裴照翻身下马。');
const who = says('裴照', '谁动过这盏灯？');
const me = says('谢灯儿', '量灯架就是杀人？那裁缝量过的人，岂不是都得死？');
const needle = shows('银针落在案上。');
const told = episode([
  scene('1-1', [lamp, who, me, needle]),
  scene('1-2', [says('阿蛮', '大人，走吧，天亮了。')], { cast: ['阿蛮'] }),
]);
const shots = composeEpisode(told, library, style);
const citing = (id: string) =>
  shots.findIndex((shot) => shot.elementIds.includes(id) || shot.lines.some((line) => line.elementId === id));
const edited = (at: number, change: Partial<ComposedShot>) =>
  shots.map((shot, i) => (i === at ? { ...shot, ...change } : shot));
const codes = (changed: readonly ComposedShot[]) => coverage(told, changed, library).issues.map((one) => one.code);

test('a whole storyboard has nothing to report', () => {
  expect(coverage(told, shots, library)).toMatchObject({
    complete: true,
    issues: [],
    dialogue: { total: 3, once: 3, missing: 0, twice: 0, altered: 0 },
    action: { total: 2, covered: 2, ratio: 1 },
    scenes: { total: 2, covered: 2 },
  });
});

describe('it finds', () => {
  const line = citing(who.id);
  test('a line nobody says', () => {
    const report = coverage(
      told,
      shots.filter((_, i) => i !== line),
      library,
    );
    expect(report).toMatchObject({ complete: false, dialogue: { missing: 1 } });
    expect(report.issues[0]).toMatchObject({ code: 'dialogue_missing', elementId: who.id });
    expect(report.issues[0]!.message).toContain('谁动过这盏灯');
  });
  test('a line said twice', () =>
    expect(codes([...shots.slice(0, line), shots[line]!, ...shots.slice(line)])).toEqual(['dialogue_twice']));
  test('a line in other words', () => {
    const changed = shots[line]!.lines.map((one) => ({ ...one, text: '谁碰过这盏灯？' }));
    expect(codes(edited(line, { lines: changed }))).toEqual(['dialogue_altered']);
  });
  test('a line in another mouth', () => {
    const changed = shots[line]!.lines.map((one) => ({
      ...one,
      speakers: ['谢灯儿'],
      speakerAssetIds: ['c1'],
      onScreen: false,
    }));
    expect(codes(edited(line, { lines: changed }))).toEqual(['dialogue_altered']);
  });
  test('an action nobody shows', () =>
    expect(codes(shots.filter((_, i) => i !== citing(needle.id)))).toEqual(['action_missing']));
  test('shots that go back in the script', () =>
    expect(codes([shots[1]!, shots[0]!, ...shots.slice(2)])).toContain('order'));
  test('a scene without shots', () =>
    expect(codes(shots.filter((shot) => shot.sceneNumber !== '1-2'))).toEqual(['dialogue_missing', 'scene_missing']));
  test('an element that is not there, or of another scene', () => {
    expect(codes(edited(0, { elementIds: [...shots[0]!.elementIds, 'gone'] }))).toEqual(['unknown_element']);
    expect(codes(edited(0, { sceneId: told.scenes[1]!.id }))).toContain('crosses_scene');
  });
  test('a prop, a place or a look that does not exist', () => {
    expect(codes(edited(0, { propAssetIds: ['p99'] }))).toEqual(['unknown_asset']);
    expect(codes(edited(0, { locationAssetId: 'l2' }))).toEqual(['wrong_place']);
    const [first] = shots[1]!.blocking.length > 0 ? shots[1]!.blocking : shots[0]!.blocking;
    expect(codes(edited(1, { blocking: [{ ...first!, variant: '婚纱' }] }))).toContain('unknown_asset');
  });
  test('a speaker who is not in the picture', () =>
    expect(codes(edited(line, { blocking: [] }))).toEqual(['speaker_absent']));
  test('shots no model can make, and shots too short for their words', () => {
    expect(codes(edited(line, { duration: 20 }))).toEqual(['too_long']);
    expect(codes(edited(line, { duration: 0.5 }))).toEqual(['too_short']);
  });
  test('jump cuts and crossings of the line', () => {
    const same = { ...shots[line]!, size: 'CU' as const, angle: 'eye_level' as const };
    expect(coverage(told, [same, same], library).jumpCuts).toMatchObject({ cuts: 1, jumps: 1, ratio: 1 });
    const [one] = shots[line]!.blocking;
    const left = { ...same, movement: 'static' as const, blocking: [{ ...one!, side: 'left' as const }] };
    const right = { ...left, blocking: [{ ...one!, side: 'right' as const }] };
    expect(coverage(told, [left, right], library).lineCrossings).toBe(1);
    expect(coverage(told, [left, { ...right, movement: 'orbit' }], library).lineCrossings).toBe(0);
  });
});
