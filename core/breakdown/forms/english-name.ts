// Reads an English label: DR. WELLS is a title and a surname, YOUNG ROMEO a state and a name, FIRST SERVANT a walk-on.
import {
  englishRoles,
  englishStates,
  englishTitles,
  englishVoices,
  englishWalkOns,
  roleGender,
} from '../vocabulary/english.ts';
import type { NameParts } from './name-parts.ts';

/** What an English (or Latin) label tells. Case does not matter. */
export function readEnglishName(label: string): NameParts {
  const nick = /(?<=\s)["“'‘]([^"“”'‘’]+)["”'’]\s/.exec(label);
  if (nick) return { ...readEnglishName(label.replace(nick[0], '')), nick: nick[1]!.trim().toLowerCase() };
  const form = label
    .replace(/\((?:v\.?o\.?|o\.?s\.?|o\.?c\.?|cont'?d|contd)\)/gi, '')
    .replace(/[’`]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  const words = form
    .toLowerCase()
    .split(/[\s.]+/)
    .filter(Boolean);
  if (words.length === 0) return { kind: 'other' };
  if (englishVoices.has(form.toLowerCase())) return { kind: 'voice' };
  const voice = /^(.+?)'s? (?:voice|ghost|reflection)$/i.exec(form);
  if (voice?.[1]) return { ...readEnglishName(voice[1]), state: form.slice(voice[1].length).trim(), base: voice[1] };
  if (englishWalkOns.test(form))
    return /\d|^(?:first|second|third|fourth|fifth|sixth)\b/i.test(form)
      ? { kind: 'numbered', base: form }
      : { kind: 'crowd' };
  // no state of anybody: YOUNG MAN and OLD MAN are two
  if (isRole(words)) {
    const gender = roleGender(words.at(-1)!);
    return { kind: 'other', ...(words.length > 1 ? { given: words[0]! } : {}), ...(gender ? { gender } : {}) };
  }
  if (words.length > 1 && englishStates.has(words[0]!))
    return {
      ...readEnglishName(form.slice(words[0]!.length).trim()),
      state: words[0]!,
      base: form.slice(words[0]!.length).trim(),
    };
  return readEnglishTitled(words) ?? readPlain(words);
}

/** Between a role and what tells it from others: MAN IN GREY HAT, WOMAN WITH UMBRELLA. */
const joints: ReadonlySet<string> = new Set(['in', 'with', 'at', 'from', 'on', 'behind']);

/** MAN, YOUNG NURSE, SECURITY GUARD, SLATE'S ATTORNEY. A title alone is a title, and behind one any word is a surname: NURSE, DR. CHILD. */
function isRole(words: readonly string[]): boolean {
  const [first] = words;
  if (englishTitles.has(first!)) return false;
  const joint = words.findIndex((word) => joints.has(word));
  if (joint > 0 && words.length > joint + 1 && englishRoles.has(words[joint - 1]!)) return true;
  return englishRoles.has(words.at(-1)!) || (words.length > 1 && first!.endsWith("'s"));
}

function readEnglishTitled(words: readonly string[]): NameParts | undefined {
  const [first, ...others] = words;
  if (!first || !englishTitles.has(first)) return undefined;
  const gender = englishTitles.get(first);
  // LORD CHANCELLOR THORNE bears two titles, DOCTOR PRINCE one
  const rest = others.length > 1 && englishTitles.has(others[0]!) ? others.slice(1) : others;
  if (rest.length === 0) return { kind: 'title', title: first, ...(gender ? { gender } : {}) };
  return {
    kind: 'titled',
    title: first,
    surname: rest.at(-1)!,
    given: rest.length > 1 ? rest[0]! : '',
    ...(gender ? { gender } : {}),
  };
}

function readPlain(words: readonly string[]): NameParts {
  if (words.length === 1) return { kind: 'name', given: words[0]! };
  if (words.length > 4) return { kind: 'other' };
  return { kind: 'name', given: words[0]!, surname: words.at(-1)! };
}
