// What a person does to a storyboard, and what a re-run makes of it.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Episode } from '../../core/script/index.ts';
import {
  composeEpisode,
  coverage,
  deleteShot,
  type Edit,
  insertShot,
  isKept,
  lockShot,
  mergeShots,
  moveShot,
  ordered,
  ranksBetween,
  replaceGenerated,
  type ShotRow,
  splitShot,
  unanchored,
  updateShot,
} from '../../core/storyboard/index.ts';
import { anyEpisode, element, episode, library, says, scene, shows, style } from './stage.ts';

let made = 0;
/** Rows after an edit is written; new ones get ids. */
function written(rows: readonly ShotRow[], edit: Edit<ShotRow>): ShotRow[] {
  const gone = new Set(edit.remove.map((row) => row.id));
  const next = new Map(edit.update.map((row) => [row.id, row]));
  const kept = rows.filter((row) => !gone.has(row.id)).map((row) => next.get(row.id) ?? row);
  return ordered([...kept, ...edit.insert.map((row) => ({ ...row, id: `shot${++made}` }))]);
}
const rerun = (rows: readonly ShotRow[], told: Episode, sceneId?: string) =>
  replaceGenerated(rows, composeEpisode(told, library, style), orderOf(told), sceneId);
const idsOf = (rows: readonly ShotRow[]) => rows.map(({ id }) => id);
const ranksOf = (rows: readonly ShotRow[]) => rows.map(({ id, rank }) => [id, rank]);
const board = (told: Episode) => written([], rerun([], told));
const report = (rows: readonly ShotRow[], told: Episode) =>
  coverage(
    told,
    rows.map(({ id, content }) => ({ ...content, id })),
    library,
  );
const orderOf = (told: Episode) => told.scenes.flatMap((one) => one.elements.map(({ id }) => id));
const sayings = (rows: readonly ShotRow[]) => rows.flatMap((row) => row.content.lines.map((line) => line.text));

const lamp = shows('谢灯儿踩着梯子挂灯，裴照翻身下马。');
const who = says('裴照', '谁动过这盏走马灯？站出来说话。');
const me = says('谢灯儿', '量灯架就是杀人？那裁缝量过的人，岂不是都得死？');
const told = episode([
  scene('1-1', [lamp, who, me]),
  scene('1-2', [says('阿蛮', '大人，走吧，天就要亮了。')], { cast: ['阿蛮'] }),
]);
const at = (rows: readonly ShotRow[], id: string) =>
  rows.find((row) => row.content.lines.some((line) => line.elementId === id))!;

describe('a shot', () => {
  const rows = board(told);
  const first = rows[0]!;

  test('is inserted behind another with one row written, and stands on no words of the script', () => {
    const edit = insertShot(rows, first.id, { title: '灯影', size: 'ECU' });
    expect(edit).toMatchObject({ update: [], remove: [] });
    const next = written(rows, edit);
    expect(next[1]!.content).toMatchObject({
      title: '灯影',
      size: 'ECU',
      sceneId: first.content.sceneId,
      lines: [],
      elementIds: [],
    });
    expect(next[1]!.content.unsourced).not.toBe('');
    expect(written(rows, insertShot(rows, undefined, {}))[0]!.edited).toBe(true);
  });

  test('is inserted even where two shots got the same rank at the same moment', () => {
    const tied = [first, { ...rows[1]!, rank: first.rank, id: `${first.id}b` }, ...rows.slice(2)];
    const next = written(tied, insertShot(tied, first.id, { title: '中间' }));
    expect(next.map((row) => row.content.title).indexOf('中间')).toBe(1);
    expect(new Set(next.map((row) => row.rank)).size).toBe(next.length);
  });

  test('moves with one row written', () => {
    const edit = moveShot(rows, first.id, rows[2]!.id);
    expect(edit.update).toHaveLength(1);
    expect(written(rows, edit).map((row) => row.id)).toEqual([
      rows[1]!.id,
      rows[2]!.id,
      first.id,
      ...rows.slice(3).map((row) => row.id),
    ]);
    expect(moveShot(rows, rows[1]!.id, first.id).update).toEqual([]);
  });

  test('is split inside a line and merged again, word for word', () => {
    const row = at(rows, who.id);
    const halves = written(rows, splitShot(rows, row.id, { beforeElementId: who.id, at: 9 }, orderOf(told)));
    expect(halves).toHaveLength(rows.length + 1);
    expect(report(halves, told)).toMatchObject({ complete: true, issues: [] });
    const [a, b] = halves.filter((one) => one.content.lines.some((line) => line.elementId === who.id));
    expect([a!.content.lines[0]!.text, b!.content.lines[0]!.text].join('')).toBe(who.text);
    expect(a!.content.videoPrompt.zh).not.toContain(who.text);
    const merged = written(halves, mergeShots(halves, b!.id, a!.id));
    expect(sayings(merged)).toEqual(sayings(rows));
    expect(report(merged, told)).toMatchObject({ complete: true, issues: [] });
  });

  test('is split before one of its lines', () => {
    const both = written(rows, mergeShots(rows, at(rows, who.id).id, at(rows, me.id).id));
    const again = written(both, splitShot(both, at(both, me.id).id, { beforeElementId: me.id }, orderOf(told)));
    expect(sayings(again)).toEqual(sayings(rows));
    expect(report(again, told).complete).toBe(true);
  });

  test('that is locked refuses every change but unlocking', () => {
    const locked = written(rows, lockShot(rows, first.id, true));
    for (const change of [
      () => updateShot(locked, first.id, { title: '改' }),
      () => deleteShot(locked, first.id),
      () => moveShot(locked, first.id, undefined),
      () => splitShot(locked, first.id, { beforeElementId: lamp.id }, orderOf(told)),
      () => mergeShots(locked, locked[1]!.id, first.id),
    ])
      expect(change).toThrow(expect.objectContaining({ code: 'SHOT_LOCKED' }));
    const open = written(locked, lockShot(locked, first.id, false));
    expect(updateShot(open, first.id, { title: '改' }).update[0]).toMatchObject({
      edited: true,
      content: { title: '改' },
    });
  });

  test('that is not there is not found, and cuts that leave nothing are refused with a reason', () => {
    expect(() => deleteShot(rows, 'nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(() => insertShot([], undefined, {})).toThrow(expect.objectContaining({ code: 'SHOT_REFUSED' }));
    const row = at(rows, who.id);
    const cut = (beforeElementId: string, inside?: number) => () =>
      splitShot(
        rows,
        row.id,
        inside === undefined ? { beforeElementId } : { beforeElementId, at: inside },
        orderOf(told),
      );
    for (const refused of [cut(who.id), cut('gone'), cut(who.id, 0), cut(who.id, 999), cut(me.id, 3)])
      expect(refused).toThrow(expect.objectContaining({ code: 'SHOT_REFUSED' }));
    expect(() => mergeShots(rows, rows[0]!.id, rows[2]!.id)).toThrow(expect.objectContaining({ code: 'SHOT_REFUSED' }));
    expect(() => mergeShots(rows, rows.at(-1)!.id, rows.at(-2)!.id)).toThrow(
      expect.objectContaining({ code: 'SHOT_REFUSED' }),
    );
    const full = { zh: '长'.repeat(8000), en: '长'.repeat(8000) };
    const long = rows.map((one) => ({ ...one, content: { ...one.content, action: full.zh, imagePrompt: full } }));
    expect(() => mergeShots(long, long[0]!.id, long[1]!.id)).not.toThrow();
    const longer = rows.map((one) => ({
      ...one,
      content: { ...one.content, action: full.zh + one.id, music: full.zh + one.id, caption: full.zh + one.id },
    }));
    expect(() => mergeShots(longer, longer[0]!.id, longer[1]!.id)).toThrow(
      expect.objectContaining({ code: 'SHOT_REFUSED' }),
    );
    const face = says('裴照', '看这个🏮灯。');
    const lantern = episode([scene('1-1', [shows('裴照举灯。'), face])]);
    const one = board(lantern);
    expect(() => splitShot(one, at(one, face.id).id, { beforeElementId: face.id, at: 4 }, orderOf(lantern))).toThrow(
      expect.objectContaining({ code: 'SHOT_REFUSED' }),
    );
  });
});

describe('a re-run', () => {
  test('of the same script writes nothing', () => {
    fc.assert(
      fc.property(anyEpisode, (any) => {
        const rows = board(any);
        const again = rerun(rows, any);
        expect(again).toMatchObject({ insert: [], update: [], remove: [] });
        expect(again.keep).toHaveLength(rows.length);
      }),
      { numRuns: 50 },
    );
  });

  test('keeps what a person edited or locked, and covers no line twice', () => {
    fc.assert(
      fc.property(
        anyEpisode,
        fc.array(fc.tuple(fc.constantFrom(...allActs), fc.nat(60)), { maxLength: 8 }),
        (any, acts) => {
          let rows = board(any);
          for (const [act, n] of acts) rows = acted(rows, act, n, orderOf(any));
          const next = written(rows, rerun(rows, any));
          for (const row of rows.filter(isKept)) {
            const now = next.find((one) => one.id === row.id)!;
            if (row.locked) expect(now.rank).toBe(row.rank);
            expect({ ...now.content, lines: now.content.lines.map(({ text }) => text) }).toEqual({
              ...row.content,
              lines: row.content.lines.map(({ text }) => text),
            });
          }
          const after = report(next, any);
          expect(after.dialogue).toMatchObject({ missing: 0, twice: 0, altered: 0 });
          // what was deleted between two shots that were then made one cannot come back between them; the report says so
          const did = (name: string) => acts.some(([act]) => act === name);
          // nor is a shot that was moved put back into the script's order
          if (did('move') || (did('delete') && did('merge')))
            expect(after.issues.every(({ code }) => code === 'order')).toBe(true);
          else expect(after).toMatchObject({ complete: true, issues: [] });
          // of a line that says the same words several times, parts may change places
          const isWhole = (row: ShotRow) => row.content.lines.every(({ parts }) => parts === 1);
          for (const [i, row] of rows.entries())
            if (row.moved && isWhole(row) && idsOf(next).includes(rows[i - 1]?.id ?? row.id))
              expect(next[idsOf(next).indexOf(row.id) - 1]?.id).toBe(rows[i - 1]?.id);
          if (!did('move')) expect(rerun(next, any)).toMatchObject({ insert: [], remove: [] });
        },
      ),
      { numRuns: 120 },
    );
  });

  test('on a new revision replaces generated shots, keeps edited ones at their line and lists those whose words are gone', () => {
    const rows = board(told);
    const edited = written(
      written(rows, updateShot(rows, at(rows, who.id).id, { lens: '40mm' })),
      lockShot(rows, at(rows, me.id).id, true),
    );
    // the new revision: one line before, the locked one rewritten, the edited one under a new id
    const before = says('谢灯儿', '灯还没有挂好，别催我呀。');
    const again = element({ kind: 'dialogue', text: who.text, speakers: ['裴照'], voice: 'ON' });
    const anew = says('谢灯儿', '我没有杀人，你要讲一讲道理。');
    const revised = episode([scene('1-1', [lamp, before, again, anew]), told.scenes[1]!]);
    const run = rerun(edited, revised);
    const next = written(edited, run);
    expect(unanchored(next, revised)).toEqual([{ shotId: at(edited, me.id).id, elementIds: [me.id], reason: 'words' }]);
    expect(at(next, again.id)).toMatchObject({ id: at(edited, who.id).id, content: { lens: '40mm' } });
    expect(at(next, me.id).locked).toBe(true);
    expect(report(next, revised)).toMatchObject({ complete: true, dialogue: { missing: 0, twice: 0 } });
    expect(report(next, revised).issues.map((one) => one.code)).toEqual(['unknown_element']);
  });

  test('leaves a shot where a person moved it, and a locked one in its place, whatever scene is made again', () => {
    const rows = board(told);
    const first = rows[0]!;
    const moved = written(rows, moveShot(rows, first.id, rows[2]!.id));
    const locked = written(moved, lockShot(moved, first.id, true));
    for (const sceneId of ['s1-2', 's1-1', undefined])
      expect(ranksOf(written(locked, rerun(locked, told, sceneId)))).toEqual(ranksOf(locked));
    const front = written(rows, moveShot(rows, rows.at(-1)!.id, undefined));
    expect(idsOf(written(front, rerun(front, told)))).toEqual(idsOf(front));
  });

  test('of one scene holds the order of the others as it is, and puts its shots between them', () => {
    const [a, b, c, ...rest] = board(told);
    // an order nobody noted as a move
    const swapped = ordered([{ ...a!, rank: b!.rank }, { ...b!, rank: a!.rank }, c!, ...rest]);
    expect(ranksOf(written(swapped, rerun(swapped, told, 's1-2')))).toEqual(ranksOf(swapped));
    const without = swapped.filter(({ content }) => content.sceneId !== 's1-2');
    const next = written(without, rerun(without, told, 's1-2'));
    expect(ranksOf(next.slice(0, without.length))).toEqual(ranksOf(without));
    expect(next.slice(without.length).map(({ content }) => content.sceneId)).toEqual(['s1-2']);
    expect(report(next, told)).toMatchObject({ dialogue: { missing: 0, twice: 0 } });
  });

  test('moves what is not locked around what is, though more would have to move', () => {
    const rows = board(told);
    const last = rows.at(-1)!;
    const moved = written(rows, moveShot(rows, last.id, undefined));
    const locked = written(moved, lockShot(moved, last.id, true));
    // as it was before moves were noted: the script has it last
    const bare = locked.map((row) => ({ ...row, moved: undefined }));
    const next = written(bare, rerun(bare, told));
    expect(next.at(-1)).toMatchObject({ id: last.id, rank: locked[0]!.rank });
  });

  test.each([{ status: 'approved' as const }, { note: '导演已定' }])(
    'keeps a shot with %o, and says its lines once',
    (mark) => {
      const rows = board(told).map((row) =>
        row.content.lines.some((line) => line.elementId === who.id)
          ? { ...row, ...mark, content: { ...row.content, size: 'ELS' as const } }
          : row,
      );
      const row = at(rows, who.id);
      const next = written(rows, rerun(rows, told));
      expect(at(next, who.id)).toEqual(row);
      expect(report(next, told)).toMatchObject({ complete: true, dialogue: { missing: 0, twice: 0 } });
      // its key is gone from what is composed, and so are its words
      const without = episode([scene('1-1', [lamp, me]), told.scenes[1]!]);
      const left = written(rows, rerun(rows, without));
      expect(left.find(({ id }) => id === row.id)).toEqual(row);
      expect(unanchored(left, without)).toMatchObject([{ shotId: row.id, reason: 'words' }]);
      const open = rows.map((one) => (one === row ? { ...one, status: 'draft' as const, note: '' } : one));
      expect(at(written(open, rerun(open, told)), who.id).content.size).not.toBe('ELS');
    },
  );

  test('does not bring back the half of a line a person gave to another shot', () => {
    const rows = board(told);
    const halves = written(rows, splitShot(rows, at(rows, me.id).id, { beforeElementId: me.id, at: 8 }, orderOf(told)));
    const next = written(halves, rerun(halves, told));
    expect(
      sayings(next)
        .filter((text) => me.text.includes(text))
        .join(''),
    ).toBe(me.text);
  });
});

describe('after any edits the report', () => {
  const edits = fc.array(
    fc.tuple(fc.constantFrom('edit', 'lock', 'split', 'merge', 'insert', 'delete', 'move'), fc.nat(60)),
    { maxLength: 10 },
  );

  test('names exactly the lines whose words are no longer all said once, and the actions nobody shows', () => {
    fc.assert(
      fc.property(anyEpisode, edits, (any, acts) => {
        let rows = board(any);
        for (const [act, n] of acts) rows = acted(rows, act, n, orderOf(any));
        const told = any.scenes.flatMap((one) => one.elements);
        const said = new Map<string, string>();
        const lines = rows.flatMap((row) => row.content.lines).toSorted((a, b) => a.part - b.part);
        for (const line of lines) said.set(line.elementId, (said.get(line.elementId) ?? '') + line.text);
        const shown = new Set(rows.flatMap((row) => row.content.elementIds));
        const spoken = told.filter(({ kind }) => kind === 'dialogue' || kind === 'lyric');
        const seen = told.filter(({ kind }) => kind === 'action' || kind === 'shot');
        const after = report(rows, any);
        const named = (...codes: string[]) =>
          after.issues.filter(({ code }) => codes.includes(code)).map(({ elementId }) => elementId);
        expect(named('dialogue_missing', 'dialogue_twice', 'dialogue_altered')).toEqual(
          spoken.filter(({ id, text }) => said.get(id) !== text).map(({ id }) => id),
        );
        const unseen = seen.filter(({ id }) => !shown.has(id)).map(({ id }) => id);
        expect(named('action_missing')).toEqual(expect.arrayContaining(unseen));
        expect(after.action).toMatchObject({ total: seen.length, covered: seen.length - unseen.length });
        expect(after.complete).toBe(after.dialogue.once === spoken.length && after.order.backwards === 0);
        // nothing was written into a script's mouth that it does not say
        expect(named('unknown_element', 'crosses_scene')).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test('speaks of the order when a shot was moved past another that tells of the script', () => {
    fc.assert(
      fc.property(anyEpisode, fc.nat(60), fc.nat(60), (any, from, to) => {
        const rows = board(any);
        const moved = acted(rows, 'move', from * 61 + to, orderOf(any));
        const same = moved.every((row, i) => row.id === rows[i]!.id);
        if (same) expect(report(moved, any).order.backwards).toBe(0);
        else expect(report(moved, any).issues.every(({ code }) => code === 'order')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

const allActs = ['edit', 'lock', 'approve', 'note', 'split', 'merge', 'insert', 'delete', 'move'] as const;

function acted(rows: readonly ShotRow[], act: string, n: number, order: readonly string[]): ShotRow[] {
  const row = rows[n % rows.length];
  if (row === undefined) return [...rows];
  try {
    if (act === 'edit') return written(rows, updateShot(rows, row.id, { title: `改${n}` }));
    if (act === 'lock') return written(rows, lockShot(rows, row.id, true));
    if (act === 'approve' || act === 'note')
      return rows.map((one) =>
        one === row ? { ...one, ...(act === 'note' ? { note: '看' } : { status: 'approved' }) } : one,
      );
    if (act === 'insert') return written(rows, insertShot(rows, row.id, { title: `新${n}` }));
    if (act === 'move') return written(rows, moveShot(rows, row.id, rows[(n * 7) % rows.length]!.id));
    if (act === 'delete') return written(rows, deleteShot(rows, row.id));
    if (act === 'merge') return written(rows, mergeShots(rows, row.id, rows[(n % rows.length) + 1]?.id ?? row.id));
    const line = row.content.lines.at(-1);
    return line === undefined
      ? [...rows]
      : written(
          rows,
          splitShot(rows, row.id, { beforeElementId: line.elementId, at: Math.max(1, line.text.length >> 1) }, order),
        );
  } catch (refused) {
    expect(refused).toMatchObject({ code: expect.stringMatching(/^SHOT_/) });
    return [...rows];
  }
}

test('ranks of a new storyboard leave room for edits', () => {
  expect(board(told).map((row) => row.rank)).toEqual(ranksBetween(undefined, undefined, board(told).length));
});
