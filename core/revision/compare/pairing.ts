// Everything paired that can be: episodes, scenes, lines. The same pairs whichever document is taken for the older one.
import { lineWords } from '../../script/line-words.ts';
import type { Pair } from './align.ts';
import type { Sheet } from './digest.ts';
import { episodePairs } from './episodes.ts';
import { linePairs } from './lines.ts';
import { scenePairs } from './scenes.ts';

/** Numbers of blocks and lines in their documents, the older one's first. */
export type Pairing = {
  readonly episodes: readonly Pair[];
  readonly scenes: readonly Pair[];
  /** First numbers of scene pairs that are out of place. */
  readonly movedScenes: ReadonlySet<number>;
  readonly lines: readonly Pair[];
  readonly movedLines: ReadonlySet<number>;
};

/** Pairs two documents. Where several pairings are as good, the choice does not depend on which one is first. */
export function pairing(a: Sheet, b: Sheet): Pairing {
  return isLater(a, b) ? turned(paired(b, a)) : paired(a, b);
}

function paired(a: Sheet, b: Sheet): Pairing {
  const [inA, inB] = [filmed(a), filmed(b)];
  const found = scenePairs(
    inA.map((i) => a.blocks[i]!),
    inB.map((j) => b.blocks[j]!),
  );
  const inDocument = ([i, j]: Pair): Pair => [inA[i]!, inB[j]!];
  const scenes = found.pairs.map(inDocument);
  const inOrder = found.inOrder.map(inDocument);
  const episodes = episodePairs(a.blocks, b.blocks, inOrder);
  const partner = new Map(episodes.map(([i, j]) => [a.blocks[i]!.episode, b.blocks[j]!.episode]));
  const stayed = new Set(
    inOrder.flatMap(([i, j]) => (partner.get(a.blocks[i]!.episode) === b.blocks[j]!.episode ? [i] : [])),
  );
  const lines = linePairs(a, b, [...scenes, ...episodes]);
  return {
    episodes,
    scenes,
    movedScenes: new Set(scenes.flatMap(([i]) => (stayed.has(i) ? [] : [i]))),
    lines: lines.pairs,
    movedLines: lines.moved,
  };
}

const filmed = ({ blocks }: Sheet): number[] => blocks.flatMap(({ scene }, i) => (scene ? [i] : []));

function turned({ episodes, scenes, movedScenes, lines, movedLines }: Pairing): Pairing {
  const turn = ([i, j]: Pair): Pair => [j, i];
  const seconds = (pairs: readonly Pair[], moved: ReadonlySet<number>) =>
    new Set(pairs.flatMap(([i, j]) => (moved.has(i) ? [j] : [])));
  return {
    episodes: episodes.map(turn),
    scenes: scenes.map(turn),
    movedScenes: seconds(scenes, movedScenes),
    lines: lines.map(turn),
    movedLines: seconds(lines, movedLines),
  };
}

/** An order of documents by what they hold: by their first difference. */
function isLater(a: Sheet, b: Sheet): boolean {
  if (a.blocks.length !== b.blocks.length) return a.blocks.length > b.blocks.length;
  if (a.lines.length !== b.lines.length) return a.lines.length > b.lines.length;
  for (const [i, one] of a.blocks.entries()) {
    const other = b.blocks[i]!;
    if (one.lines.length !== other.lines.length) return one.lines.length > other.lines.length;
    const [mine, theirs] = [told(one), told(other)];
    if (mine !== theirs) return mine > theirs;
  }
  for (const [i, { element, key }] of a.lines.entries()) {
    if (key === b.lines[i]!.key) continue;
    const [mine, theirs] = [JSON.stringify(lineWords(element)), JSON.stringify(lineWords(b.lines[i]!.element))];
    if (mine !== theirs) return mine > theirs;
  }
  return false;
}

const told = ({ episode, scene }: Sheet['blocks'][number]): string =>
  [episode.number, episode.title, scene?.number, scene?.heading].join('\n');
