// The storyboards of a script taken over to a newer document: which shot goes to which episode, and in what order.
import type { Successors } from '../../revision/compare/index.ts';
import { ordered, ranked, type ShotRow } from '../order.ts';
import { reanchored } from '../reanchor.ts';

/** The storyboard of an episode of some document, and the way from that document to the newer one. */
export type OldBoard<R extends ShotRow> = {
  readonly episode: number;
  readonly rows: readonly R[];
  readonly to: Successors;
};

/** A shot in its next state. `episode` is of the newer document; undefined when it stays with an episode that left the script. */
export type Rehoused<R extends ShotRow> = {
  readonly before: R;
  readonly row: R;
  readonly board: OldBoard<R>;
  readonly episode: number | undefined;
  /** Elements it cites that it does not cover any more. */
  readonly lost: readonly string[];
};

/** Every shot of all boards, once. Shots that come together from several boards are ranked anew, in the order of the newer script. Pure. */
export function rehoused<R extends ShotRow>(boards: readonly OldBoard<R>[]): Rehoused<R>[] {
  const moved = boards.flatMap((board) =>
    ordered(board.rows).map((before): Rehoused<R> => {
      const { key, content, lost, ...home } = reanchored(before, board.to);
      const episode = home.episode ?? board.to.episode(board.episode);
      // what stays with an episode that left the script stays as it is
      if (episode === undefined) return { before, row: before, board, episode, lost: [] };
      return { before, row: { ...before, key, content }, board, episode, lost };
    }),
  );
  return [...Map.groupBy(moved, ({ episode }) => episode)].flatMap(([episode, shots]) => {
    const isMixed = new Set(shots.map(({ board }) => board)).size > 1;
    return episode !== undefined && isMixed ? reranked(shots) : shots;
  });
}

/** Shots in the order their scenes have now; one without a scene stays behind the shot it stood behind. */
function reranked<R extends ShotRow>(shots: readonly Rehoused<R>[]): Rehoused<R>[] {
  let last = -1;
  let board: OldBoard<R> | undefined;
  const places = shots.map((shot) => {
    if (shot.board !== board) [board, last] = [shot.board, -1];
    last = shot.board.to.place(shot.row.content.sceneId) ?? last;
    return { shot, last };
  });
  const sorted = places.sort((a, b) => a.last - b.last).map(({ shot }) => shot);
  const ranks = ranked(
    sorted.map(({ row }) => row.rank),
    (i) => sorted[i]!.row.locked,
  );
  return sorted.map((shot, i) => ({ ...shot, row: { ...shot.row, rank: ranks[i]! } }));
}
