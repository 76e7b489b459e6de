// What stands before the first episode of a series: title, logline, the people. Kept line by line as notes and harvested.
import type { Assembly } from '../../assembly.ts';
import { castMembers } from '../chinese/field.ts';
import { isTableRow } from '../chinese/markdown.ts';
import { plain } from './emphasis.ts';
import { gap } from './hidden.ts';

const PEOPLE =
  /^(?:(?:main|lead|supporting|principal|key)\s+)?(?:characters?|cast)(?:\s+(?:list|bios?|biographies|breakdown|profiles|descriptions|of characters))?$|^(?:list of characters|dramatis personae)$/i;
const STORY = /^(?:logline|synopsis|summary|(?:the )?story|premise|overview)$/i;
const OTHER =
  /^(?:genre|format|tone|themes?|setting|world|episodes?|episode (?:guide|list|outline|breakdown)|(?:table of )?contents|notes?|title|locations?|contact|draft(?: date)?|date|version|author|writers?|credit|runtime|duration|(?:target )?audience|platform|copyright|(?:written )?by .*)$/i;
const FIELD = /^([A-Za-z][A-Za-z ]{1,30})\s*:\s*(.*)$/;

const NAME = "\\p{Lu}[\\p{L}'’.-]*(?: \\p{Lu}[\\p{L}'’.-]*){0,3}";
// NOAH & NORA (5) are two.
const NAMES = `${NAME}(?: (?:&|and) ${NAME})?`;
// EMMA (20s), a waitress. · Emma: … · 1. Emma – … · Emma, 20s, … · EMMA, a waitress · EMMA is a waitress.
const PERSON = new RegExp(
  `^(?:[0-9]{1,2}[.)]\\s+)?(${NAMES})(?:\\s*\\(([^()]{1,60})\\)|\\s*[:–—]|\\s+-(?=\\s)|,\\s*(?=[0-9]|(?:early|mid|late|an?|the|his|her|their)\\b)|(?=\\s+is\\s+(?:an?|the)\\b))`,
  'u',
);
const ONLY_NAME = new RegExp(`^(${NAME})$`, 'u');
const NOBODY =
  /^(?:Age|Gender|Sex|Role|Occupation|Job|Personality|Background|Goals?|Motivation|Appearance|Wants?|Needs?|Flaws?|Arc|Secret|Look|Notes?|Relationships?|Traits?|Strengths?|Weakness(?:es)?|Backstory|Names?|Characters?|Location|Setting|Genre|Tone|He|She|They|It|This|That|There|His|Her|Their|The|A|An|Our)$/i;

/** A part of the front matter: a list of people, the story, or something else with a name. */
export type Section = 'none' | 'people' | 'story';

/** Reads the lines [from, to) as front matter: title, biographies and synopsis go to the assembly, every line becomes a note. Adds the names it finds to `known`. */
export function readScreenplayFront(assembly: Assembly, from: number, to: number, known: Set<string>): void {
  const { source } = assembly;
  const story: string[] = [];
  let section: Section = 'none';
  let people: readonly string[] = [];
  // the last line of the list that names somebody
  let listed = from - 2;
  for (let at = from; at < to; at++) {
    assembly.note(at, 'front_matter');
    const written = source.lines[at]!;
    const line = unmarked(written);
    const field = FIELD.exec(line);
    const opened = sectionIn(written);
    const isTop = at === 0 || written.startsWith('# ');
    if (isTop && opened === undefined && assembly.title === '' && isTitle(line)) {
      assembly.title = line.replace(/^["“](.*)["”]$/, '$1');
      continue;
    }
    if (opened !== undefined) {
      const rest = field?.[2] ?? '';
      if (opened === 'story' && rest !== '') story.push(rest);
      if (opened === 'people' && rest.length <= 1000) for (const name of castMembers(rest).names) known.add(name);
      section = opened;
      people = [];
    } else if (!/[\p{L}\p{N}]/u.test(line)) {
      // a rule below the story ends it
      if (section === 'story' && story.length > 0) section = 'none';
    } else if (section === 'story') {
      story.push(line);
    } else if (section === 'people' && isTableRow(line)) {
      readRow(assembly, at, line, known);
    } else if (section === 'people') {
      // CEO below ETHAN, with nobody below it, is what he is
      const isPair = gap(source, at - 1) !== 'none' && gap(source, at + 1) !== 'none';
      const goesOn = at === listed + 1 && !isPair && !/\p{L}{3}\.$/u.test(line);
      const named = peopleOf(
        line,
        written.startsWith('#') || goesOn || (gap(source, at) !== 'none' && gap(source, at + 1) === 'none'),
      );
      if (named.length > 0) listed = at;
      people = named.length > 0 ? named : people;
      for (const name of named) known.add(name);
      for (const name of people) assembly.tell(name, line, at);
    }
  }
  if (assembly.synopsis === '') assembly.synopsis = story.join('\n');
}

/** | Emma | 24 | a waitress |: the first cell is the name. The head of the table and its rule name nobody. */
function readRow(assembly: Assembly, at: number, line: string, known: Set<string>): void {
  const [name = '', ...told] = line.split('|').flatMap((cell) => cell.trim() || []);
  if (told.length === 0 || !ONLY_NAME.test(name) || NOBODY.test(name)) return;
  assembly.tell(name, [name, ...told].join(', '), at);
  known.add(name);
}

/** The words of a line without what marks it as a heading or an entry. */
const unmarked = (written: string) => plain(written.replace(/^(?:#{1,6}|=|[-•*+](?=\s))\s*/, ''));

/** Which part of the front matter a line opens: CHARACTERS, # Cast, Logline: …; undefined for any other line. */
export function sectionIn(written: string): Section | undefined {
  const line = unmarked(written);
  return sectionOf(FIELD.exec(line)?.[1] ?? line);
}

/** Whether a line opens what tells of the people or of the story. */
export const isTold = (written: string) => /^(?:people|story)$/.test(sectionIn(written) ?? '');

function sectionOf(words: string): Section | undefined {
  if (PEOPLE.test(words)) return 'people';
  if (STORY.test(words)) return 'story';
  return OTHER.test(words) ? 'none' : undefined;
}

const isTitle = (line: string) => line.length <= 60 && /\p{L}/u.test(line) && !/[:,;]|[.!?…]$/.test(line);

/** Whom a line of the list tells of. `alone`: the line is a heading, the first of several, or right below another entry; then a name in capitals is enough. */
function peopleOf(line: string, alone: boolean): readonly string[] {
  if (line.length > 2000) return [];
  const bare = alone && /^[^\p{Ll}]{2,40}$/u.test(line) ? ONLY_NAME.exec(line) : null;
  const names = (PERSON.exec(line) ?? bare)?.[1]?.split(/ (?:&|and) /) ?? [];
  return names.some((name) => NOBODY.test(name)) ? [] : names;
}
