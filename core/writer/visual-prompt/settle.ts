// From what a model wrote to prompts that can be used alone: everybody's fixed traits behind the name, place, hour, style and lines added where they lack. Pure.
import type { Field, Texts } from './answer.ts';
import { type Due, type Language, languageOf, type Seen, type Subject } from './subject.ts';

/** The texts of a subject as they are kept; those that were not asked for are not there. */
export function settled(texts: Texts, subject: Subject, script: Language): Texts {
  return Object.fromEntries(
    subject.wanted.flatMap((field): [Field, string][] => {
      const text = (texts[field] ?? '').replace(/\s+/g, ' ').trim();
      if (text === '') return [];
      if (field === 'neg' || field === 'tr' || field === 'trEn') return [[field, text]];
      return [[field, whole(text, field, subject, languageOf(field, script))]];
    }),
  ) as Texts;
}

function whole(text: string, field: Field, { people, due, longest, kind }: Subject, language: Language): string {
  const isClip = field === 'vid' || field === 'vidEn';
  const wanted = [...due.picture[language], ...(isClip ? due.clip[language] : [])];
  const said = wanted.reduce((all, one) => added(all, one, language), known(text, people, language));
  // an attribute has no room beyond its limit: what does not fit is left to whoever draws
  return kind === 'asset' && said.length > longest ? text : said;
}

/** Adds what is due where it is not there. */
function added(text: string, { has, say }: Due, language: Language): string {
  if (say === '' || (has.length > 0 && has.every((words) => text.includes(words)))) return text;
  const body = text.replace(/[。.\s]+$/, '');
  return language === 'zh' ? `${body}。${say.replace(/。$/, '')}。` : `${body}. ${say.replace(/\.$/, '')}.`;
}

/** Everybody's traits behind the first place that names them. */
function known(text: string, people: readonly Seen[], language: Language): string {
  return people.reduce((all, { name, traits }) => {
    const words = language === 'zh' ? `（${traits.zh}）` : ` (${traits.en})`;
    const end = placeOf(name, all) + name.length;
    if (traits[language] === '' || end < name.length || all.startsWith(words, end)) return all;
    return all.slice(0, end) + words + all.slice(end);
  }, text);
}

/** Where a name stands; a Latin one as a word of its own. */
function placeOf(name: string, text: string): number {
  if (/\p{Script=Han}/u.test(name)) return text.indexOf(name);
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').exec(text)?.index ?? -1;
}
