// What the shots of an episode are made from, besides its words.
import type { Episode } from '../script/schema.ts';
import { aspectOf, type StyleOptions } from './prompt.ts';
import type { CastOfScene } from './schema.ts';

/** Style by the settings of the project and the language of the script. */
export const styleOf = (
  { visualStyle, imageSize }: { visualStyle: string; imageSize: string },
  language: StyleOptions['language'],
): StyleOptions => ({ visualStyle, language, aspect: aspectOf(imageSize) });

/** The part of the library an episode can name: what else changes in the library leaves its storyboard valid. */
export function castIn(episode: Episode, cast: CastOfScene): CastOfScene {
  const words = episode.scenes
    .flatMap((scene) => [
      scene.heading,
      scene.location,
      ...scene.cast,
      ...scene.elements.flatMap(({ text, speakers = [] }) => [text, ...speakers]),
    ])
    .join('\n');
  const named = <T extends { forms: string[] }>(list: T[]): T[] =>
    list.filter(({ forms }) => forms.some((form) => words.includes(form)));
  return {
    characters: named(cast.characters),
    locations: named(cast.locations),
    props: named(cast.props),
    extras: named(cast.extras),
    ambiguous: Object.fromEntries(Object.entries(cast.ambiguous).filter(([form]) => words.includes(form))),
  };
}
