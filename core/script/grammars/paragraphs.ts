// Reads paragraphs whose kind the file itself tells (Final Draft).
import { Assembly, type Extra } from '../assembly.ts';
import type { Paragraph } from '../formats/reading.ts';
import type { Source } from '../source.ts';
import { episodeLine } from './chinese/episode.ts';
import { castMembers } from './chinese/field.ts';
import { cueOf, jointly } from './screenplay/cue.ts';
import { fixedLine } from './screenplay/line.ts';
import { slugOf } from './screenplay/slug.ts';

/** Reads typed paragraphs, one per line of the source. Throws TOO_MANY_SCENES. */
export function readParagraphs(source: Source, paragraphs: readonly Paragraph[], language: 'zh' | 'en') {
  const assembly = new Assembly(source, language);
  const known = new Set<string>();
  for (let at = 0; at < paragraphs.length; ) at = readParagraph(assembly, paragraphs, at, known);
  if (!paragraphs.some(({ kind }) => kind === 'heading')) assembly.warnings.add('no_scene_heading');
  return { assembly, known };
}

function readParagraph(assembly: Assembly, paragraphs: readonly Paragraph[], at: number, known: Set<string>): number {
  const { kind, text, number } = paragraphs[at]!;
  switch (kind) {
    case 'front':
      if (assembly.title === '') assembly.title = text.replace(/^["“](.*)["”]$/, '$1');
      assembly.note(at, 'front_matter');
      break;
    case 'heading':
      assembly.openScene({ ...slugOf(text), ...(number === undefined ? {} : { number }) }, at, at);
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
      readNote(assembly, at, text);
      break;
    case 'action': {
      const fixed = fixedLine(text);
      assembly.add(fixed?.kind ?? 'action', fixed?.text ?? text, at);
      break;
    }
    default:
      assembly.add(kind, text, at);
  }
  return at + 1;
}

/** Acts, outline lines and the like; EPISODE 2 among them opens an episode. */
function readNote(assembly: Assembly, at: number, text: string): void {
  const episode = episodeLine(text);
  if (episode) assembly.openEpisode(episode.number, episode.title, at);
  if (assembly.scene === undefined) assembly.addOutside(episode ? 'episode' : 'note', text, at);
  else assembly.add('note', text, at);
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
