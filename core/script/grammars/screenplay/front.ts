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
  /^(?:genre|format|tone|themes?|setting|world|episodes?|episode (?:guide|list|outline|breakdown)|(?:table of )?contents|notes?|title|locations?|(?:written )?by .*)$/i;
const FIELD = /^([A-Za-z][A-Za-z ]{1,30})\s*:\s*(.*)$/;

const NAME = "\\p{Lu}[\\p{L}'’.-]*(?: \\p{Lu}[\\p{L}'’.-]*){0,3}";
// EMMA (20s), a waitress. · Emma: … · 1. Emma – … · Emma, 20s, … · EMMA, a waitress · EMMA is a waitress.
const PERSON = new RegExp(
  `^(?:[0-9]{1,2}[.)]\\s+)?(${NAME})(?:\\s*\\(([^()]{1,60})\\)|\\s*[:–—]|\\s+-(?=\\s)|,\\s*(?=[0-9]|(?:early|mid|late|an?|the|his|her|their)\\b)|(?=\\s+is\\s+(?:an?|the)\\b))`,
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
  let person: string | undefined;
  for (let at = from; at < to; at++) {
    assembly.note(at, 'front_matter');
    const written = source.lines[at]!;
    const line = unmarked(written);
    const field = FIELD.exec(line);
    const opened = sectionIn(written);
    if (at === 0 && opened === undefined && assembly.title === '' && isTitle(line)) {
      assembly.title = line.replace(/^["“](.*)["”]$/, '$1');
      continue;
    }
    if (opened !== undefined) {
      const rest = field?.[2] ?? '';
      if (opened === 'story' && rest !== '') story.push(rest);
      if (opened === 'people' && rest.length <= 1000) for (const name of castMembers(rest).names) known.add(name);
      section = opened;
      person = undefined;
    } else if (section === 'story') {
      story.push(line);
    } else if (section === 'people' && isTableRow(line)) {
      readRow(assembly, at, line, known);
    } else if (section === 'people') {
      const named = personOf(
        line,
        written.startsWith('#') || (gap(source, at) !== 'none' && gap(source, at + 1) === 'none'),
      );
      person = named ?? person;
      if (named !== undefined) known.add(named);
      if (person !== undefined) assembly.tell(person, line, at);
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

function sectionOf(words: string): Section | undefined {
  if (PEOPLE.test(words)) return 'people';
  if (STORY.test(words)) return 'story';
  return OTHER.test(words) ? 'none' : undefined;
}

const isTitle = (line: string) => line.length <= 60 && /\p{L}/u.test(line) && !/[:,;]|[.!?…]$/.test(line);

/** Whom a line of the list tells of. `alone`: the line is a heading, or the first of several; then a name in capitals is enough. */
function personOf(line: string, alone: boolean): string | undefined {
  if (line.length > 2000) return undefined;
  const bare = alone && /^[^\p{Ll}]{2,40}$/u.test(line) ? ONLY_NAME.exec(line) : null;
  const name = (PERSON.exec(line) ?? bare)?.[1];
  return name === undefined || NOBODY.test(name) ? undefined : name;
}
