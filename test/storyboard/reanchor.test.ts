// A new revision meets storyboards people have worked on: what they did is found again, and nothing of the script is left out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, successorsOf } from '../../core/revision/compare/index.ts';
import { parse } from '../../core/script/index.ts';
import type { Document, Episode } from '../../core/script/schema.ts';
import {
  type CastOfScene,
  composeEpisode,
  coverage,
  lockShot,
  mergeShots,
  ordered,
  rehoused,
  replaceGenerated,
  type ShotRow,
  type StyleOptions,
  splitShot,
  unanchored,
  updateShot,
} from '../../core/storyboard/index.ts';
import { acted, anyActs, aScript, type Scene, written } from '../kit/written.ts';

const style: StyleOptions = { visualStyle: '写实', language: 'zh', aspect: '9:16' };
const person = (id: string, name: string) => ({ id, name, forms: [name], gender: '女', look: '', variants: [] });
const cast: CastOfScene = {
  characters: [person('c1', '林晚'), person('c2', '秦姨')],
  locations: [],
  props: [],
  extras: [],
  ambiguous: {},
};

const read = (text: string): Promise<Document> => parse(new TextEncoder().encode(text), '剧本.txt');
const orderOf = ({ scenes }: Episode) => scenes.flatMap(({ elements }) => elements.map(({ id }) => id));

type Boards = Map<number, ShotRow[]>;
let made = 0;

/** The storyboards after a run on this document. */
function run({ episodes }: Document, before: Boards): Boards {
  const boards: Boards = new Map(before);
  for (const episode of episodes) {
    const rows = before.get(episode.number) ?? [];
    const edit = replaceGenerated(rows, composeEpisode(episode, cast, style), orderOf(episode));
    boards.set(episode.number, changed(rows, edit));
  }
  return boards;
}

function changed(rows: readonly ShotRow[], edit: ReturnType<typeof replaceGenerated<ShotRow>>): ShotRow[] {
  const gone = new Set(edit.remove.map(({ id }) => id));
  const next = new Map(edit.update.map((row) => [row.id, row]));
  const kept = rows.filter(({ id }) => !gone.has(id)).map((row) => next.get(row.id) ?? row);
  return ordered([...kept, ...edit.insert.map((row) => ({ ...row, id: `shot${++made}` }))]);
}

/** Boards taken over to another document; `left` are those of episodes that are no longer in it. */
function takenOver(boards: Boards, from: Document, to: Document): { boards: Boards; left: ShotRow[] } {
  const way = successorsOf(from, to, compare(from, to));
  const shots = rehoused([...boards].map(([episode, rows]) => ({ episode, rows, to: way })));
  const next: Boards = new Map();
  for (const { episode, row } of shots)
    if (episode !== undefined) next.set(episode, [...(next.get(episode) ?? []), row]);
  return { boards: next, left: shots.flatMap(({ episode, row }) => (episode === undefined ? [row] : [])) };
}

const hands = fc.array(
  fc.record({ act: fc.constantFrom('edit', 'lock', 'split', 'merge', 'say'), a: fc.nat(1000), b: fc.nat(1000) }),
  { minLength: 1, maxLength: 10 },
);

/** What a person does to one of the storyboards. */
function handled(boards: Boards, document: Document, { act, a, b }: { act: string; a: number; b: number }): void {
  const episode = document.episodes[a % document.episodes.length]!;
  const rows = boards.get(episode.number) ?? [];
  const row = rows[b % Math.max(1, rows.length)];
  if (!row) return;
  const edit = () => {
    if (act === 'lock') return lockShot(rows, row.id, true);
    if (act === 'edit') return updateShot(rows, row.id, { lens: '40mm' });
    if (act === 'say') return updateShot(rows, row.id, { action: '她没有说话。' });
    if (act === 'merge') return mergeShots(rows, row.id, rows[(b % rows.length) + 1]?.id ?? '');
    const line = row.content.lines[0];
    return splitShot(rows, row.id, { beforeElementId: line?.elementId ?? '', at: 4 }, orderOf(episode));
  };
  try {
    boards.set(episode.number, changed(rows, { ...edit(), keep: [] }));
  } catch (refused) {
    expect(refused).toMatchObject({ code: expect.stringMatching(/^(SHOT_|NOT_FOUND)/) });
  }
}

const reportOf = (episode: Episode, boards: Boards) =>
  coverage(
    episode,
    (boards.get(episode.number) ?? []).map(({ id, content }) => ({ ...content, id })),
    cast,
  );

describe('after any edit of the script', () => {
  const base = aScript(3, 3, 6);

  test('every line is covered once and in order, and every shot a person worked on is there, at home or listed', async () => {
    await fc.assert(
      fc.asyncProperty(anyActs, hands, async (acts, mine) => {
        const from = await read(written(base));
        const boards = run(from, new Map());
        for (const hand of mine) handled(boards, from, hand);
        const kept = [...boards.values()].flat().filter((row) => row.locked || row.edited);
        const script = acts.reduce<Scene[][]>(acted, base);
        const to = await read(written(script));
        const over = takenOver(boards, from, to);
        const after = run(to, over.boards);
        for (const episode of to.episodes)
          expect(reportOf(episode, after).issues.filter(({ code }) => !mild.has(code))).toEqual([]);
        const left = new Set(over.left.map(({ id }) => id));
        for (const { id } of kept.filter((row) => !left.has(row.id))) {
          const [episode, row] = whereIs(id, after, to);
          const isListed = unanchored([row], episode).length > 0;
          expect(isListed || isAtHome(row, episode)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  test('a second run changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyActs, hands, async (acts, mine) => {
        const from = await read(written(base));
        const boards = run(from, new Map());
        for (const hand of mine) handled(boards, from, hand);
        const to = await read(written(acts.reduce<Scene[][]>(acted, base)));
        const after = run(to, takenOver(boards, from, to).boards);
        for (const episode of to.episodes) {
          const rows = after.get(episode.number) ?? [];
          const again = replaceGenerated(rows, composeEpisode(episode, cast, style), orderOf(episode));
          expect(again).toMatchObject({ insert: [], remove: [] });
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

/** What a shot that is no longer wholly at home may say of itself, and what speaks of the library alone. */
const mild: ReadonlySet<string> = new Set([
  'unknown_element',
  'speaker_absent',
  'unknown_asset',
  'wrong_place',
  'too_long',
  'too_short',
]);

/** The storyboard a shot is on, and the shot. */
function whereIs(id: string, boards: Boards, { episodes }: Document): [Episode, ShotRow] {
  const found = episodes.flatMap((episode) =>
    (boards.get(episode.number) ?? []).flatMap((row): [Episode, ShotRow][] => (row.id === id ? [[episode, row]] : [])),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

function isAtHome({ content }: ShotRow, { scenes }: Episode): boolean {
  const ids = new Set(scenes.find(({ id }) => id === content.sceneId)?.elements.map(({ id }) => id));
  return [...content.elementIds, ...content.lines.map((line) => line.elementId)].every((id) => ids.has(id));
}
