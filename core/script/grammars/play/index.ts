// Plays in the layout of printed editions: ACT and SCENE headings, NAME. cues, [stage directions]. An act is an episode.
import { Assembly, type Extra } from '../../assembly.ts';
import type { Source } from '../../source.ts';
import { gap } from '../screenplay/hidden.ts';
import { readPlayFront } from './front.ts';
import { playSlug } from './heading.ts';
import { type PlayCue, type PlayMark, playCue, surveyPlay } from './survey.ts';

const END = /^(?:THE END|END OF (?:THE )?PLAY|FINIS|CURTAIN)\.?$/i;
/** (A bench in the park.) below a heading is where it plays; (A phone rings.) and (Lights up.) are done. */
const ROUND_PLACE =
  /^\((?:A|An|The|In|At|On|Inside|Outside)\s(?![^()]*(?:\p{Ll}s\b|\brise\b|\bfall\b))[^().]{2,60}\.?\)$/u;
const ENTRANCE =
  /^\[?_?(?:Enter|Re-enter|Reenter|Exit|Exeunt|Flourish|Alarum|Trumpets|Curtain|Sennet|Retreat|Thunder|Music|A\s+noise)\b/i;

/** Reads a play. Every non-blank line ends in one element or one note. Throws TOO_MANY_SCENES. */
export function readPlay(source: Source): { assembly: Assembly; known: ReadonlySet<string> } {
  const assembly = new Assembly(source, 'en');
  const { marks, start } = surveyPlay(source);
  const play = new Play(assembly, marks);
  readPlayFront(assembly, start, play.known);
  play.read(start);
  if (start >= source.lines.length) assembly.warnings.add('front_matter_only');
  else if (!marks.some((mark) => mark.kind === 'scene')) assembly.warnings.add('no_scene_heading');
  return { assembly, known: play.known };
}

class Play {
  readonly known = new Set<string>();
  readonly #assembly: Assembly;
  readonly #source: Source;
  readonly #marks: readonly PlayMark[];
  #next = 0;
  #act = '';
  #speaking: string | undefined;

  constructor(assembly: Assembly, marks: readonly PlayMark[]) {
    this.#assembly = assembly;
    this.#source = assembly.source;
    this.#marks = marks;
  }

  read(from: number): void {
    for (let at = from; at < this.#source.lines.length; )
      at = this.#mark(at) ?? this.#speech(at) ?? this.#direction(at);
  }

  #isMark = (at: number) => this.#marks[this.#next]?.at === at;

  #mark(at: number): number | undefined {
    const mark = this.#marks[this.#next];
    if (mark?.at !== at) return undefined;
    this.#next++;
    this.#speaking = undefined;
    const line = this.#source.lines[at]!;
    if (mark.kind === 'scene') return this.#scene(at, mark);
    this.#act = mark.division.written;
    // a prologue before the first act belongs to it
    const open = this.#assembly.episodes.at(-1);
    const first =
      this.#assembly.episodes.length === 1 &&
      open?.elements.length === 0 &&
      open.scenes.every((scene) => scene.heading === '');
    if (!first) this.#assembly.openEpisode(mark.division.number, line.replace(/[.\s]+$/, ''), at);
    else open!.title = line.replace(/[.\s]+$/, '');
    this.#assembly.scene = undefined;
    this.#assembly.addOutside('episode', line, at);
    return at + 1;
  }

  /** The heading with its wrapped lines, and the place on a line of its own when the heading has none. */
  #scene(at: number, mark: PlayMark): number {
    let to = at;
    let place = mark.division.rest;
    const next = (k: number) => this.#source.lines[k] ?? '';
    const isOther = (k: number) =>
      this.#isMark(k) || playCue(next(k)) !== undefined || (next(k).startsWith('(') && !ROUND_PLACE.test(next(k)));
    while (to - at < 3 && gap(this.#source, to + 1) === 'none' && !isOther(to + 1)) place += ` ${next(++to)}`;
    if (place === '' && !ENTRANCE.test(next(at + 1)) && !isOther(at + 1) && gap(this.#source, at + 2) === 'empty') {
      if (next(at + 1) !== '' && next(at + 1).length <= 100) place = next(++to);
    }
    const heading = this.#source.lines.slice(at, to + 1).join(' ');
    this.#assembly.openScene(playSlug(heading, this.#act, mark.division, place.trim()), at, to);
    return to + 1;
  }

  /** A cue and all that is said up to the next cue, heading or direction; a direction in mid-speech goes with the speech. */
  #speech(at: number): number | undefined {
    const cue = playCue(this.#source.lines[at]!);
    const continued = cue === undefined && this.#speaking !== undefined && !this.#isDirection(at);
    if (!cue && !continued) return undefined;
    if (cue && cue.said === '' && (at + 1 >= this.#source.lines.length || this.#isMark(at + 1))) return undefined;
    const speaker: PlayCue = cue ?? { name: this.#speaking!, paren: '', said: '' };
    const parens = speaker.paren === '' ? [] : [speaker.paren];
    const said: string[] = cue ? (cue.said === '' ? [] : [cue.said]) : [this.#source.lines[at]!];
    let to = at;
    while (this.#goesOn(to + 1)) said.push(this.#source.lines[++to]!);
    const text = withoutBrackets(said.join('\n'), parens);
    if (text === '') return undefined;
    this.known.add(speaker.name);
    this.#speaking = speaker.name;
    const paren = parens.join('; ');
    const extra: Extra = { speakers: [speaker.name], voice: /\bwithin\b/i.test(paren) ? 'OS' : 'ON' };
    this.#assembly.add('dialogue', text, at, to, paren === '' ? extra : { ...extra, paren });
    return to + 1;
  }

  #goesOn(at: number): boolean {
    if (at >= this.#source.lines.length || this.#isMark(at) || playCue(this.#source.lines[at]!) !== undefined)
      return false;
    if (gap(this.#source, at) === 'none') return true;
    if (!this.#isDirection(at)) return true;
    const end = this.#bracketEnd(at);
    const next = end === undefined ? '' : (this.#source.lines[end + 1] ?? '');
    return next !== '' && !this.#isMark(end! + 1) && playCue(next) === undefined && !this.#isDirection(end! + 1);
  }

  /** Last line of a direction in brackets that is a paragraph by itself; undefined when the line opens none. */
  #bracketEnd(at: number): number | undefined {
    if (!this.#source.lines[at]!.startsWith('[')) return undefined;
    for (let end = at; end < at + 12 && end < this.#source.lines.length; end++) {
      if (end > at && gap(this.#source, end) !== 'none') return undefined;
      if (this.#source.lines[end]!.endsWith(']')) return end;
    }
    return undefined;
  }

  /** Whether the paragraph at `at` is (Lights up. JONAH enters.): one pair of round brackets with a sentence in it. */
  #isRound(at: number): boolean {
    if (!/^\(\p{Lu}/u.test(this.#source.lines[at]!)) return false;
    let end = at;
    while (end < at + 12 && !this.#source.lines[end]!.includes(')') && gap(this.#source, end + 1) === 'none') end++;
    return this.#source.lines[end]!.endsWith(')') && gap(this.#source, end + 1) !== 'none';
  }

  /** Directions stand alone: in brackets, as an entrance, or set in by one blank after an empty line. */
  #isDirection(at: number): boolean {
    const line = this.#source.lines[at]!;
    if (END.test(line)) return gap(this.#source, at) === 'empty';
    if (line.startsWith('[')) return this.#bracketEnd(at) !== undefined;
    if (line.startsWith('(') && gap(this.#source, at) !== 'none') return this.#isRound(at);
    const { text, starts } = this.#source;
    const start = starts[at]!;
    const setIn = text.charAt(start) === ' ' && text.charAt(start + 1) !== ' ' && gap(this.#source, at) === 'empty';
    return setIn || (ENTRANCE.test(line) && gap(this.#source, at) === 'empty' && /[.\]]_?\]?$/.test(line));
  }

  #direction(at: number): number {
    let to = at;
    while (
      to + 1 < this.#source.lines.length &&
      gap(this.#source, to + 1) === 'none' &&
      !this.#isMark(to + 1) &&
      !playCue(this.#source.lines[to + 1]!)
    )
      to++;
    const words = this.#source.lines
      .slice(at, to + 1)
      .join(' ')
      .replace(/_/g, '')
      .replace(/^(?:\[([^[\]]*)\]|\(([^()]*)\))$/, '$1$2');
    const end = END.test(words);
    const unread = !/[\p{L}\p{N}]/u.test(words.slice(0, 200));
    this.#assembly.add(end ? 'end' : 'action', words, at, to, unread ? { unread: true } : undefined);
    return to + 1;
  }
}

/** Takes [directions] out of what is said and adds them to `parens`. */
function withoutBrackets(said: string, parens: string[]): string {
  const lead = /^\(([^()\n]*)\)\s*(?=\S)/.exec(said);
  if (lead) parens.push(lead[1]!);
  let bare = said.slice(lead?.[0].length ?? 0);
  // brackets in brackets come off from the inside
  for (let depth = 0; depth < 3 && bare.includes('['); depth++) {
    bare = bare.replace(/\[([^[\]]*)\]/g, (_, words: string) => {
      parens.push(words.replace(/[_\n]/g, ' ').replace(/\s+/g, ' ').trim());
      return '';
    });
  }
  return bare
    .replace(/_/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
    .trim();
}
