// A document in a few lines, to be compared with what a person reads in the script.
import type { Document, Element, Episode } from '../../core/script/index.ts';

/**
 * One line per episode, scene and element: `E1 重逢`, `S1-1 INT DAY 客厅 [甲 乙]`, `甲/OS(冷笑) 走吧。`, `action 甲推开门。`.
 * Heading and episode elements are told by the S and E lines; a scene without heading is `S? …`, an unread element ends in ` ?`.
 */
export function outline(document: Document): string[] {
  return document.episodes.flatMap(episodeLines);
}

function episodeLines(episode: Episode): string[] {
  const named = episode.elements.some((element) => element.kind === 'episode');
  const own = episode.elements.filter((element) => element.kind !== 'episode');
  const first = episode.scenes[0]?.line ?? Number.POSITIVE_INFINITY;
  return [
    named ? `E${episode.number} ${episode.title}`.trim() : `(E${episode.number})`,
    ...own.filter((element) => element.line < first).map(elementLine),
    ...episode.scenes.flatMap(({ heading, number, intExt, time, location, cast, elements }) => {
      const people = cast.length === 0 ? '' : `[${cast.join(' ')}]`;
      const head = [`S${heading === '' ? '?' : number}`, intExt, time, location, people].filter((part) => part !== '');
      return [head.join(' '), ...elements.filter(({ kind }) => kind !== 'heading' && kind !== 'cast').map(elementLine)];
    }),
    ...own.filter((element) => element.line >= first).map(elementLine),
  ];
}

function elementLine({ kind, text, speakers, voice, paren, unread }: Element): string {
  const end = unread ? ' ?' : '';
  if (kind !== 'dialogue') return `${kind} ${text}${end}`;
  const how = `${voice === 'ON' ? '' : `/${voice}`}${paren === undefined ? '' : `(${paren})`}`;
  return `${speakers?.join('+')}${how} ${text}${end}`;
}
