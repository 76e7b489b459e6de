// Reads paragraphs whose kind the file itself tells (Final Draft).
import { Assembly, type Extra } from '../assembly.ts';
import type { Paragraph } from '../formats/reading.ts';
import type { ElementKind } from '../schema.ts';
import type { Source } from '../source.ts';
import { castMembers } from './chinese/field.ts';
import { headingLine } from './chinese/heading.ts';
import { cueOf, jointly, voiceIn } from './screenplay/cue.ts';
import { episodeOf, isEpisodeAlone, isEpisodeHeading } from './screenplay/episode.ts';
import { fixedLine } from './screenplay/line.ts';
import { slugOf } from './screenplay/slug.ts';

/** Reads typed paragraphs, one per line of the source. Throws TOO_MANY_SCENES. */
export function readParagraphs(source: Source, written: readonly Paragraph[], language: 'zh' | 'en') {
  const paragraphs = withoutCustom(written);
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

/** What a paragraph of the writer's own kind is: said right under a cue, else action. */
function withoutCustom(paragraphs: readonly Paragraph[]): Paragraph[] {
  const known: Paragraph[] = [];
  for (const paragraph of paragraphs) {
    const before = known.at(-1)?.kind;
    const kind = before === 'character' || before === 'parenthetical' ? 'dialogue' : 'action';
    known.push(paragraph.kind === 'custom' ? { ...paragraph, kind } : paragraph);
  }
  return known;
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
      if (fixedLine(text.toUpperCase())?.kind === 'note') put(assembly, 'note', text, at);
      else assembly.openScene({ ...slugOf(text), ...(number === undefined ? {} : { number }) }, at, at);
      break;
    case 'character':
    case 'dialogue':
    case 'parenthetical':
      return readSpeech(assembly, paragraphs, at, known);
    case 'cast': {
      const { names } = castMembers(text, assembly.language === 'en');
      for (const name of names) known.add(name);
      assembly.join(names);
      assembly.add('cast', text, at, at, { speakers: names });
      break;
    }
    case 'note':
      put(assembly, kind, text, at);
      break;
    case 'custom':
    case 'action': {
      const fixed = fixedLine(text);
      put(assembly, fixed?.kind ?? 'action', fixed?.text ?? text, at);
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

/** What belongs to a speech behind its cue. */
const SPOKEN: ReadonlySet<Paragraph['kind']> = new Set(['dialogue', 'parenthetical', 'lyric']);

/** A cue with its parentheticals and lines; the lines of one speech are one element, and so are those that are sung. */
function readSpeech(assembly: Assembly, paragraphs: readonly Paragraph[], from: number, known: Set<string>): number {
  const cue = paragraphs[from]!.kind === 'character' ? cueOf(`@${paragraphs[from]!.text}`, false) : undefined;
  let end = cue === undefined ? from : from + 1;
  while (SPOKEN.has(paragraphs[end]?.kind ?? 'note') && !(cue === undefined && paragraphs[end]!.kind === 'lyric'))
    end++;
  const spoken = paragraphs.slice(from, end);
  // a name without words, or words without a name, is kept as business
  if (cue === undefined || spoken.every(({ kind }) => kind === 'character' || kind === 'parenthetical')) {
    const last = Math.max(from + 1, end);
    const words = paragraphs.slice(from, last).map(({ text }) => text);
    assembly.add('action', words.join('\n'), from, last - 1, { unread: true });
    return last;
  }
  known.add(cue.name);
  let who: Extra = { speakers: jointly(cue.name, known), voice: cue.voice };
  let parens = cue.paren === '' ? [] : [cue.paren];
  let said: string[] = [];
  let start = from;
  for (let at = from + 1; at < end; at++) {
    const { kind, text } = paragraphs[at]!;
    if (kind === 'parenthetical') {
      const words = text.replace(/^[（(]|[)）]$/g, '').trim();
      const heard = said.length === 0 && who.voice === 'ON' ? voiceIn(words) : undefined;
      if (heard) who = { ...who, voice: heard.voice };
      if (heard?.paren !== '') parens.push(heard?.paren ?? words);
    } else said.push(text);
    if (said.length === 0 || !isOver(paragraphs, at, end)) continue;
    const paren = parens.join('; ');
    const sung = paragraphs.slice(start, at + 1).some((one) => one.kind === 'lyric');
    assembly.add(sung ? 'lyric' : 'dialogue', said.join('\n'), start, at, paren === '' ? who : { ...who, paren });
    [parens, said, start] = [[], [], at + 1];
  }
  return end;
}

/** Whether what is said up to `at` ends there: with the speech, or because what comes next is sung, or sung no longer. */
function isOver(paragraphs: readonly Paragraph[], at: number, end: number): boolean {
  const kind = (index: number) => paragraphs[index]!.kind;
  let next = at + 1;
  if (next === end) return true;
  if (kind(at) === 'parenthetical') return false;
  while (next < end && kind(next) === 'parenthetical') next++;
  return next < end && kind(next) !== kind(at);
}
