// The part of a script that is rewritten, and what becomes of the script with another in its place. Pure.
import type { Document, Episode, Scene, WarningCode } from '../../script/index.ts';
import type { Base } from './base.ts';
import type { RewriteBrief } from './brief.ts';
import { type Replacement, read, type Span, scenesIn, spanOf, spliced, wordsOf } from './splice.ts';

/** `scenes`: those to rewrite, in order; absent for the whole episode. */
export type Passage = {
  readonly episode: Episode;
  readonly scenes?: readonly Scene[] | undefined;
  /** One for each scene, or the one of the episode. */
  readonly spans: readonly Span[];
};

/** Undefined when the document has no such episode, or not all of the scenes. */
export function passageOf({ episodes }: Document, part: RewriteBrief['parts'][number]): Passage | undefined {
  const episode = episodes.find(({ number }) => number === part.episode);
  if (!episode || episode.scenes.length === 0) return undefined;
  if (!part.scenes) {
    const all = [...episode.elements, ...episode.scenes.flatMap(({ elements }) => elements)];
    return { episode, spans: [spanOf(all)] };
  }
  const wanted = new Set(part.scenes);
  const scenes = episode.scenes.filter(({ id, elements }) => wanted.has(id) && elements.length > 0);
  if (scenes.length < wanted.size) return undefined;
  return { episode, scenes, spans: scenes.map(({ elements }) => spanOf(elements)) };
}

/** As it stands in the script. */
export const textOf = ({ spans }: Passage, { text }: Base): string =>
  spans.map(({ start, end }) => text.slice(start, end).replace(/\r\n/g, '\n')).join('\n\n');

/** What goes where; undefined when an answer has not as many scenes as were asked for. */
export function replacementsOf(answer: string, { scenes, spans }: Passage, base: Base): Replacement[] | undefined {
  const pieces = scenes ? scenesIn(answer, spans[0]!.start, base) : [answer];
  if (pieces?.length !== spans.length) return undefined;
  return spans.map((span, at) => ({ span, text: pieces[at]! }));
}

/** Speakers on no cast line, hours nobody knows: said of scripts, and no fault of a rewriting. */
const passed: ReadonlySet<WarningCode> = new Set(['unknown_speaker', 'unknown_time']);

/** What is wrong with an answer, in words for the model; what is not rewritten must be read as it was. */
export function passageFault(answer: string, passage: Passage, base: Base): string | undefined {
  if (answer === textOf(passage, base)) return '- it is the text as it was; change what is asked';
  const replacements = replacementsOf(answer, passage, base);
  if (!replacements)
    return `- it must be ${passage.spans.length} scenes, each under its heading, beginning with the first heading`;
  const next = read(spliced(base, replacements), base);
  if (!isKept(base.document, next, passage))
    return '- with it in its place the rest of the script is read otherwise: keep the headings, their numbers and the layout as they are';
  const [before, after] = [base.document, next].map(({ warnings }) => warnings.filter(({ code }) => !passed.has(code)));
  const more = after!.filter(
    ({ code, message }) => !before!.some((one) => one.code === code && one.message === message),
  );
  if (after!.length > before!.length)
    return more.slice(0, 6).map(({ message }) => `- ${message}`).join('\n') || '- the layout is not that of the script'; // biome-ignore format: one thought
  return undefined;
}

function isKept(before: Document, after: Document, { episode, scenes }: Passage): boolean {
  if (after.episodes.length !== before.episodes.length) return false;
  const rewritten = new Set(scenes?.map(({ id }) => id));
  return before.episodes.every((old, at) => {
    const now = after.episodes[at]!;
    if (now.number !== old.number) return false;
    if (old === episode && !scenes) return now.scenes.length > 0 && now.scenes.every(({ heading }) => heading !== '');
    return (
      now.title === old.title &&
      now.scenes.length === old.scenes.length &&
      old.scenes.every((scene, i) =>
        rewritten.has(scene.id) ? isHeaded(scene, now.scenes[i]!) : wordsOf(scene) === wordsOf(now.scenes[i]!),
      )
    );
  });
}

/** A scene keeps its number, and a heading where it had one. */
const isHeaded = (before: Scene, after: Scene): boolean =>
  after.number === before.number && (after.heading !== '' || before.heading === '');
