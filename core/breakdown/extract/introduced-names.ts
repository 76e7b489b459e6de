// Whole names a screenplay introduces people with, in capitals, the first time it shows them: ANNA MILLER (30s), whose cue is ANNA.
import type { Document } from '../../script/schema.ts';
import { readEnglishName } from '../forms/english-name.ts';
import { byText } from '../forms/order.ts';
import { englishStops } from '../vocabulary/english.ts';
import { elementsOf } from './elements.ts';

/** Also with what the person is called between quotes: EDDIE "THE FISH" MORENO. */
const capitals =
  /(?<![A-Za-z])(?:(?:MR|MRS|MS|DR|DET|SGT|CAPT|LT|COL|GEN|REV|PROF|ST|JR|INSP|SUPT|PVT|CPL|MAJ|GOV|SEN|REP|HON)\.|[A-Z][A-Z'’-]+)(?:\s+[A-Z][A-Z'’-]+)?(?:\s+["“'‘][A-Z][A-Z '’-]{0,24}["”'’])?(?:\s+[A-Z][A-Z'’-]+){1,3}(?![A-Za-z])/g;

/** Names in capitals of action lines that hold a cue's name, or a part of it; sorted. Chinese scripts have none. */
export function introducedNames(document: Document, labels: Iterable<string>): string[] {
  if (document.language !== 'en') return [];
  const known = new Set([...labels].flatMap((label) => partsOf(label)));
  const shown = elementsOf(document).filter(({ kind }) => kind === 'action');
  // a line in capitals throughout sets off nobody
  const names = shown.flatMap(({ text }) => (/\p{Ll}/u.test(text) ? namesIn(text) : []));
  return [...new Set(names)].filter((name) => partsOf(name).some((part) => known.has(part))).sort(byText);
}

/** The word behind, unless it is a verb in the third person. */
const NEXT = /^ ((?:his|this|its|as|across|towards)(?![a-z])|[a-z]*[a-rt-z](?![a-z]))/;

function namesIn(text: string): string[] {
  return [...text.matchAll(capitals)].flatMap(({ 0: name, index }) => {
    const words = name.split(/\s+/);
    // MIA RUNS to the door. TOM HARRIS walks is a name.
    const next = name.endsWith('S') && NEXT.exec(text.slice(index + name.length, index + name.length + 20));
    if (next) words.push(next[1]!);
    return words.some((word) => englishStops.has(word.toLowerCase())) ? [] : [name.replace(/\s+/g, ' ')];
  });
}

/** First and last name of a personal name; nothing of a role or a crowd. */
function partsOf(label: string): string[] {
  const { kind, given, surname, nick } = readEnglishName(label);
  if (kind !== 'name' && kind !== 'titled') return [];
  return [given, surname, nick].flatMap((part) => (part && part.length > 1 ? [part] : []));
}
