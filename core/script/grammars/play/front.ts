// What stands before a play: title, contents, the persons of the play.
import type { Assembly } from '../../assembly.ts';

const PERSONS =
  /^(?:dramatis person|persons (?:of|represented|in)|characters\b|the persons|cast of characters|list of characters)/i;
const PERSON = /^([A-Z][A-Z’' .-]*[A-Z])(?:,\s*|\s+(?=to |of |the |a |an |in |\()|\s*[—–-]\s*)(.+)$/;

/** Reads the lines before `to` as front matter; the persons become biographies and their names known. */
export function readPlayFront(assembly: Assembly, to: number, known: Set<string>): void {
  let persons = false;
  for (let at = 0; at < to; at++) {
    assembly.note(at, 'front_matter');
    const line = assembly.source.lines[at]!;
    if (PERSONS.test(line)) persons = true;
    else if (assembly.title === '' && /[A-Za-z]/.test(line)) assembly.title = line.replace(/[.\s]+$/, '');
    if (!persons || line.length > 200) continue;
    const person = PERSON.exec(line);
    if (!person || /^(?:SCENE|ACT)\b/.test(line)) continue;
    assembly.tell(person[1]!, line, at);
    known.add(person[1]!);
  }
}
