// Lines that open an episode or a scene, and who is there right under one.
import type { Assembly } from '../../assembly.ts';
import { castMembers } from '../chinese/field.ts';
import { plain } from './emphasis.ts';
import { episodeOf } from './episode.ts';
import { gap, type Visible } from './hidden.ts';
import { fieldsBelow } from './scene-fields.ts';
import { sceneLine } from './scene-line.ts';
import { isSlug, slugOf } from './slug.ts';
import type { EpisodeSurvey } from './survey.ts';

/** Names behind commas, in brackets. */
const NAMES = /^\((\p{Lu}[\p{L}.'’#0-9-]*(?:,? [\p{Lu}#0-9][\p{L}.'’#0-9-]*){0,30})\)$/u;
/** Characters: Gus, Dee */
const CAST = /^(?:characters?|cast)(?: present)?\s*:\s*(\S.*)$/i;
/** Mia, two guards: longer words are a sentence, and words in quotation marks no name. */
const MEMBER = /^[\p{L}\p{N}#]\S*(?: \S+){0,3}$/u;
/** A longer line is no list of people. */
const CAST_LENGTH = 300;

export class Openings {
  /** Slug lines read. */
  headings = 0;
  readonly #assembly: Assembly;
  readonly #visible: Visible;
  readonly #episodes: EpisodeSurvey;
  readonly #isPlain: boolean;

  constructor(assembly: Assembly, visible: Visible, episodes: EpisodeSurvey, isPlain: boolean) {
    this.#assembly = assembly;
    this.#visible = visible;
    this.#episodes = episodes;
    this.#isPlain = isPlain;
  }

  /** Opens what the line at `at` is the heading of; returns the index behind it, undefined for every other line. */
  read(at: number, line: string): number | undefined {
    if (!isSlug(line)) return (this.#isPlain ? this.#numbered(at, line) : undefined) ?? this.#episode(at, line);
    // in the middle of a paragraph only an unmistakable one counts
    const alone = this.#isFree(at) || this.#visible.hidden(at - 1);
    if (!alone && /\p{Ll}/u.test(line)) return undefined;
    return this.scene(at, line);
  }

  /** Opens a scene whose slug line is `line`, ending at `to`; `heading` is what the script has in its place. */
  scene(at: number, line: string, { number = '', to = at, heading: written = '' } = {}): number {
    this.headings++;
    const read = slugOf(plain(line));
    const heading = written || read.heading || this.#visible.lines[at]!;
    const slug = { ...read, heading, number: read.number || number };
    this.#assembly.openScene(slug, at, to);
    if (slug.timeText !== '' && slug.time === 'UNKNOWN') {
      this.#assembly.warnings.add('unknown_time', { time: slug.timeText }, this.#assembly.source.numbers[at]);
    }
    return to + 1;
  }

  /** Opens the episode that these words of a section or a line are the heading of, if they are. */
  section(at: number, words: string): number | undefined {
    const episode = this.#episodes.headings.has(at) ? episodeOf(words) : undefined;
    if (!episode) return undefined;
    this.#assembly.openEpisode(episode.number, episode.title, at);
    this.#assembly.addOutside('episode', words, at);
    return at + 1;
  }

  /** (Gus, Dee, Priya) or Characters: Gus, Dee right under a slug line: the names, or undefined. In brackets one of them must be `known`. */
  cast(at: number, line: string, known: (name: string) => boolean): string[] | undefined {
    if (line.length > CAST_LENGTH || this.#assembly.scene?.elements.length !== 1) return undefined;
    const said = this.#isPlain ? CAST.exec(line)?.[1] : undefined;
    if (said !== undefined) {
      const { names } = castMembers(said.replace(/\s(?:and|&)\s/gi, ', '), true);
      return names.every((name) => MEMBER.test(name)) && names.some((name) => /^\p{Lu}/u.test(name))
        ? names
        : undefined;
    }
    const listed = line.startsWith('(') ? NAMES.exec(line)?.[1] : undefined;
    if (listed === undefined || this.#isFree(at) || !isSlug(this.#visible.lines[at - 1]!)) return undefined;
    const { names } = castMembers(listed, true);
    return names.some(known) ? names : undefined;
  }

  #isFree(at: number): boolean {
    return gap(this.#assembly.source, at) !== 'none';
  }

  /** SCENE 3 above its slug line, or with its place behind it. */
  #numbered(at: number, line: string): number | undefined {
    const scene = sceneLine(line);
    if (!scene) return undefined;
    const next = this.#visible.lines[at + 1] ?? '';
    const { number, rest } = scene;
    // Scene 1: The Proposal has a name, and its slug line below
    const isNamed = rest !== '' && !isSlug(rest) && slugOf(rest).timeText === '';
    const isBelow = isSlug(next) && (rest === '' || (isNamed && slugOf(next).number === ''));
    // SCENE B is a heading with its slug line only
    if (!isBelow && /^[A-Z]/.test(number)) return undefined;
    if (isBelow) return this.scene(at, next, { number, to: at + 1, ...(isNamed && { heading: `${line} ${next}` }) });
    const told = rest === '' || isNamed ? fieldsBelow(this.#visible.lines, at + 1) : undefined;
    if (told) return this.scene(at, told.slug, { number, to: told.to, heading: `${line} ${told.words}` });
    return this.scene(at, rest, { number });
  }

  #episode(at: number, line: string): number | undefined {
    if (!this.#episodes.headings.has(at)) return undefined;
    const next = this.#visible.lines[at + 1] ?? '';
    // EPISODE 1 and “Pilot” below it
    const title = /^["“]([^"“”]{1,60})["”]$/.exec(next)?.[1];
    const { number, title: own } = episodeOf(line)!;
    if (title === undefined || own !== '') return this.section(at, line);
    this.#assembly.openEpisode(number, title, at);
    this.#assembly.addOutside('episode', `${line} ${next}`, at, at + 1);
    return at + 2;
  }
}
