// What the library and the plan of work need to know of a document's episodes without opening them.
import type { Document, Episode } from '../script/schema.ts';

/** `number` as the document counts. */
export type EpisodeOutline = {
  readonly number: number;
  readonly title: string;
  /** Its first line in the source. */
  readonly line: number;
  readonly scenes: number;
  readonly dialogue: number;
  readonly action: number;
};

export const outlineOf = ({ episodes }: Pick<Document, 'episodes'>): EpisodeOutline[] => episodes.map(outlined);

function outlined({ number, title, line, scenes }: Episode): EpisodeOutline {
  const elements = scenes.flatMap((scene) => scene.elements);
  const count = (...kinds: string[]) => elements.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    number,
    title,
    line,
    scenes: scenes.length,
    dialogue: count('dialogue', 'lyric'),
    action: count('action'),
  };
}
