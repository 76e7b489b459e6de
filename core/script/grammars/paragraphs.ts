// Reads paragraphs whose kind the file itself tells (Final Draft).
import { Assembly, type Extra } from '../assembly.ts';
import type { Paragraph } from '../formats/reading.ts';
import type { ElementKind } from '../schema.ts';
import type { Source } from '../source.ts';
import { castMembers } from './chinese/field.ts';
import { headingLine } from './chinese/heading.ts';
import { cueOf, jointly } from './screenplay/cue.ts';
import { episodeOf, isEpisodeAlone, isEpisodeHeading } from './screenplay/episode.ts';
import { fixedLine } from './screenplay/line.ts';
import { slugOf } from './screenplay/slug.ts';

/** Reads typed paragraphs, one per line of the source. Throws TOO_MANY_SCENES. */
export function readParagraphs(source: Source, paragraphs: readonly Paragraph[], language: 'zh' | 'en') {
  const assembly = new Assembly(source, language);
  const known = new Set<string>();
  const episodes = episodesOf(paragraphs);
  assembly.reserve(paragraphs.flatMap((_, at) => episodes(at)?.number ?? []));
  const start = frontEnd(paragraphs, episodes);
  for (let at = 0; at < start; at++) readFront(assembly, paragraphs[at]!, at);
  for (let at = start; at < paragraphs.length; ) {
    const episode = episodes(at);
    at = episode ? readEpisode(assembly, paragraphs, at, episode) : readParagraph(assembly, paragraphs, at, known);
  }
  if (!paragraphs.some(({ kind }) => kind === 'heading')) assembly.warnings.add('no_scene_heading');
  return { assembly, known };
}

type Episodes = (at: number) => ReturnType<typeof episodeOf>;

/** What each paragraph says as an episode heading: by its kind a heading or a note, or an action that can be nothing else with a scene right below. */
function episodesOf(paragraphs: readonly Paragraph[]): Episodes {
  const found = paragraphs.map(({ kind, text }, at) => {
    if (kind === 'note') return episodeOf(text);
    if (kind === 'heading') return isEpisodeHeading(text) ? episodeOf(text) : undefined;
    if (kind !== 'action' || !isEpisodeAlone(text)) return undefined;
    const next = paragraphs[at + 1];
    const opens = next?.kind === 'heading' || (next !== undefined && isTransition(next));
    return opens ? episodeOf(text) : undefined;
  });
  return (at) => found[at];
}

const isTransition = ({ kind, text }: Paragraph) =>
  kind === 'transition' || (kind === 'action' && fixedLine(text)?.kind === 'transition');

/** Where the title page ends; with notes and transitions before the first episode, there. */
function frontEnd(paragraphs: readonly Paragraph[], episodes: Episodes): number {
  const titled = paragraphs.findIndex(({ kind }) => kind !== 'front');
  if (titled < 0) return paragraphs.length;
  const first = paragraphs.findIndex((paragraph, at) => at >= titled && !(isLead(paragraph) && !episodes(at)));
  return first >= 0 && episodes(first) ? first : titled;
}

const isLead = (paragraph: Paragraph) => paragraph.kind === 'note' || isTransition(paragraph);

function readFront(assembly: Assembly, { kind, text }: Paragraph, at: number): void {
  if (kind === 'front' && assembly.title === '') assembly.title = text.replace(/^["“](.*)["”]$/, '$1');
  assembly.note(at, 'front_matter');
}

/** Opens an episode at its heading; 第1集第1场 日 内 客厅 opens a scene of it as well. */
function readEpisode(
  assembly: Assembly,
  paragraphs: readonly Paragraph[],
  at: number,
  { number, title }: NonNullable<ReturnType<Episodes>>,
): number {
  const { kind, text } = paragraphs[at]!;
  const scene = kind === 'heading' ? headingLine(title) : undefined;
  const isScene = scene?.certainty === 'sure' && scene.number !== '';
  if (!isScene || assembly.episodes.at(-1)?.number !== number) assembly.openEpisode(number, isScene ? '' : title, at);
  if (isScene) assembly.openScene({ ...slugOf(title), heading: text }, at, at);
  else assembly.addOutside('episode', text, at);
  return at + 1;
}

function readParagraph(assembly: Assembly, paragraphs: readonly Paragraph[], at: number, known: Set<string>): number {
  const { kind, text, number } = paragraphs[at]!;
  switch (kind) {
    case 'front':
      readFront(assembly, paragraphs[at]!, at);
      break;
    case 'heading':
      // a scene that was taken out keeps its number and its line
      if (fixedLine(text)?.kind === 'note') put(assembly, 'note', text, at);
      else assembly.openScene({ ...slugOf(text), ...(number === undefined ? {} : { number }) }, at, at);
      break;
    case 'character':
    case 'dialogue':
    case 'parenthetical':
      return readSpeech(assembly, paragraphs, at, known);
    case 'cast': {
      const { names } = castMembers(text);
      for (const name of names) known.add(name);
      assembly.join(names);
      assembly.add('cast', text, at, at, { speakers: names });
      break;
    }
    case 'note':
      put(assembly, kind, text, at);
      break;
    case 'action': {
      const fixed = fixedLine(text);
      put(assembly, fixed?.kind ?? kind, fixed?.text ?? text, at);
      break;
    }
    default:
      put(assembly, kind, text, at);
  }
  return at + 1;
}

/** Acts, outline lines and what leads in to the first slug line do not open a scene. */
function put(assembly: Assembly, kind: ElementKind, text: string, at: number): void {
  const leads = kind === 'note' || kind === 'transition' || kind === 'caption';
  if (leads && assembly.scene === undefined) assembly.addOutside(kind, text, at);
  else assembly.add(kind, text, at);
}

/** A cue with its parentheticals and lines; the lines of one speech are one element. */
function readSpeech(assembly: Assembly, paragraphs: readonly Paragraph[], from: number, known: Set<string>): number {
  const cue =
    paragraphs[from]!.kind === 'character' ? (cueOf(`@${paragraphs[from]!.text}`, false) ?? undefined) : undefined;
  const said: string[] = [];
  const parens = cue === undefined || cue.paren === '' ? [] : [cue.paren];
  let to = cue === undefined ? from - 1 : from;
  for (
    let next = paragraphs[to + 1];
    next?.kind === 'dialogue' || next?.kind === 'parenthetical';
    next = paragraphs[to + 1]
  ) {
    if (next.kind === 'dialogue') said.push(next.text);
    else parens.push(next.text.replace(/^[（(]|[)）]$/g, '').trim());
    to++;
  }
  const name = cue?.name ?? '';
  if (name !== '') known.add(name);
  const paren = parens.join('; ');
  // a name without words, or words without a name, is kept as business
  if (said.length === 0 || name === '') {
    const end = Math.max(from, to);
    const words = paragraphs.slice(from, end + 1).map(({ text }) => text);
    assembly.add('action', words.join('\n'), from, end, { unread: true });
    return end + 1;
  }
  const extra: Extra = { speakers: jointly(name, known), voice: cue!.voice };
  assembly.add('dialogue', said.join('\n'), from, to, paren === '' ? extra : { ...extra, paren });
  return to + 1;
}
