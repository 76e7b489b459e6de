// Finds who is named in an English line: labels and their parts, in capitals or not, with titles in front.
import { readEnglishName } from '../forms/english-name.ts';
import { distinguishing, englishTitles } from '../vocabulary/english.ts';
import { nicknamesOf } from '../vocabulary/nicknames.ts';
import type { Naming } from './chinese-address.ts';
import type { KnownForms } from './known-forms.ts';

const states = '(?:young|old|little|teen)';
const word = /[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’.-]*/g;

/** Reads English texts for namings of known people: whole labels, first and last names of them, titles with a known name. */
export class EnglishNames {
  readonly #pattern: RegExp | undefined;
  /** Katie of KATHERINE: words like Will and Pat are names only where a name can stand. */
  readonly #short = new Set<string>();
  /** Last names that are no label of their own. */
  readonly #last = new Set<string>();

  constructor(known: KnownForms) {
    const forms = new Set<string>();
    for (const { surface } of known.people) {
      const parts = readEnglishName(surface);
      if (parts.kind === 'crowd' || parts.kind === 'voice' || surface.length < 2) continue;
      forms.add(plain(surface));
      if (parts.kind === 'name')
        for (const first of [parts.given, parts.nick])
          for (const short of first ? nicknamesOf(first) : []) this.#short.add(short);
      if (parts.kind === 'name' && parts.surname)
        for (const part of [parts.given, parts.surname, parts.nick]) if (part && part.length > 2) forms.add(part);
      if (parts.surname) this.#last.add(parts.surname);
      if (parts.kind === 'titled' && (parts.given?.length ?? 0) > 2) forms.add(parts.given!);
      if (
        parts.kind === 'titled' &&
        parts.surname &&
        parts.surname.length > 2 &&
        !distinguishing.has(parts.title ?? '')
      )
        forms.add(parts.surname);
    }
    for (const { surface } of known.people) this.#last.delete(surface.toLowerCase());
    const whole = new Set([...forms].map((form) => form.toLowerCase()));
    for (const short of this.#short)
      if (whole.has(short)) this.#short.delete(short);
      else forms.add(short);
    const list = [...forms]
      .filter((form) => /^[a-zà-ÿ]/i.test(form))
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    if (list.length > 0) {
      const titles = [...englishTitles.keys()].sort((a, b) => b.length - a.length).join('|');
      const names = list.map(escaped).join('|');
      this.#pattern = new RegExp(
        `(?<![A-Za-z’'])(?:${names}|(?:(?:(?:${titles})\\.?\\s+){1,2}|${states}\\s+)(?:${names}))(?![A-Za-z])`,
        'gi',
      );
    }
  }

  /** Namings with a capital at their start; `called`: set off by marks in a line of dialogue. */
  all(text: string, spoken: boolean): Naming[] {
    if (!this.#pattern) return [];
    return [...text.matchAll(this.#pattern)].flatMap((match) => {
      const naming = capitalised(match[0], match.index);
      if (!naming) return [];
      const end = naming.start + naming.form.length;
      if (this.#last.has(naming.form.toLowerCase()) && isOfOther(text, naming.start, end)) return [];
      const called = spoken && isCalledInEnglish(text, naming.start, end);
      // Will you come, Will? Mid-sentence a capital is a name.
      const isShort = this.#short.has(naming.form.toLowerCase());
      if (isShort && !called && !/[a-z,]\s$/.test(text.slice(0, naming.start))) return [];
      return [{ ...naming, end, called }];
    });
  }
}

/** Drops words in front that are lower case (the old man → nothing; the young Romeo → Romeo when only the name is capital). */
function capitalised(form: string, start: number): { form: string; start: number } | undefined {
  const words = [...form.matchAll(word)];
  const last = words.at(-1);
  if (!last || !/^[A-ZÀ-Þ]/.test(last[0])) return undefined;
  const isState = /^(?:young|old|little|teen)$/i;
  const first = words.findIndex(({ 0: text }) => /^[A-ZÀ-Þ]/.test(text) || isState.test(text));
  const from = words[first]!.index;
  return { form: form.slice(from).replace(/\s+/g, ' '), start: start + from };
}

/** The night Charles Ashford died; Ashford Manor, the Ashford fortune: a last name that stands for somebody else, or for the house. */
function isOfOther(text: string, start: number, end: number): boolean {
  return (
    /[a-z,] [A-Z][a-z]+ $/.test(text.slice(Math.max(0, start - 40), start)) ||
    /^ (?:manor|mansion|house|hall|estate|residence|tower|group|industries|corp|corporation|enterprises|holdings|company|foundation|family|fortune|empire|name|legacy|heir|heiress)(?![A-Za-z])/i.test(
      text.slice(end),
    )
  );
}

function isCalledInEnglish(text: string, start: number, end: number): boolean {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const left =
    /(?:^|[,.!?;:—–-]\s*|["“(]\s*|\b(?:hey|hi|hello|oh|o|ho|dear|good|sweet|gentle|thanks|farewell|come)\s)$/i.test(
      before,
    );
  return left && /^\s*(?:$|[,.!?;:—–-])/.test(after);
}

function plain(surface: string): string {
  return surface.replace(/\s+/g, ' ').trim();
}

function escaped(form: string): string {
  return form
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/['’]/g, "['’]")
    .replace(/\s+/g, '\\s+');
}
