// What speaks for two forms being one person: what the text tells of both, how they are built, a slip of the pen.
import { oneSlipApart, pinyinOf } from '../forms/normal.ts';
import type { Evidence } from '../schema.ts';
import { evidenceOf } from './evidence.ts';
import { type FormNode, type Language, quotedAt } from './form-table.ts';
import type { Pass } from './pass.ts';
import type { RuleName } from './rules.ts';
import { structuralRules } from './structure.ts';

/** Rules by which a script says in so many words that two names are one person. */
const told: ReadonlySet<string> = new Set<RuleName>([
  'biography_alias',
  'biography_title',
  'stage_note',
  'state',
  'narrated_alias',
  'self_naming',
  'other_naming',
  'spoken_alias',
  'apposition',
  'read_form',
  'read_alias',
  'mask',
  'unmasks',
  'takes_over',
  'accepted',
]);

/** What speaks for two anchor forms: hints of the text and how the forms are built. */
export function evidenceFor(a: FormNode, b: FormNode, { language, table, verdicts }: Pass): Evidence[] {
  const evidence = table.between(a.key, b.key).filter(({ weight }) => weight > 0);
  const rules = new Set([...structuralRules(a, b, language), ...structuralRules(b, a, language)]);
  for (const rule of rules)
    if (rule !== 'surname_shared' || evidence.length > 0) evidence.push(evidenceOf(rule, quotedAt(a)));
  evidence.push(...misspelt(a, b, language));
  const isSaid = isTold(evidence);
  const names = [a, b].map(({ parts }) => (parts.kind === 'name' && parts.surname ? parts.surname : undefined));
  if (
    !isSaid &&
    names[0] &&
    names[1] &&
    (language === 'zh' || a.parts.given !== b.parts.given) &&
    // 班长周扬 reads like a Mr Ban
    !rules.has('titled_name') &&
    !evidence.some(({ rule }) => rule === 'slip' || rule === 'pinyin')
  )
    evidence.push(evidenceOf('other_name', quotedAt(b)));
  if (verdicts.between(a.key, b.key) === 'rejected') evidence.push(evidenceOf('rejected', quotedAt(b)));
  return evidence;
}

/** A slip of the pen: rare beside a frequent name. Two names of like weight are two people (陆沉, 陆尘). */
function misspelt(a: FormNode, b: FormNode, language: Language): Evidence[] {
  const [rare, frequent] = a.count <= b.count ? [a, b] : [b, a];
  if (rare.hasBiography || a.parts.kind === 'numbered' || b.parts.kind === 'numbered' || /\d/.test(a.key + b.key))
    return [];
  const isRare = rare.count <= 2 && frequent.count >= 4 * rare.count && frequent.labels > 0;
  const long = rare.key.length >= (language === 'zh' ? 3 : 6);
  const sound =
    language === 'zh' &&
    a.key.length === b.key.length &&
    pinyinOf(a.key) !== undefined &&
    pinyinOf(a.key) === pinyinOf(b.key);
  if (sound) return [evidenceOf('pinyin', quotedAt(rare))];
  // In three characters one other character is another name (李明轩, 李明远): Chinese asks for the same sound.
  return language === 'en' && long && isRare && isMistyped(rare, frequent) ? [evidenceOf('slip', quotedAt(rare))] : [];
}

/** Names differ at their ends (DANIEL, DANIELA; DARREN, WARREN), roles in their middle (FIREMAN, FOREMAN). */
function isMistyped(a: FormNode, b: FormNode): boolean {
  const ends = ({ key }: FormNode): string => `${key[0]}${key.slice(-2)}`;
  return [a, b].every(({ parts }) => parts.kind !== 'other') && ends(a) === ends(b) && oneSlipApart(a.key, b.key);
}

/** True when the script says in so many words that the two are one. */
export function isTold(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ rule }) => told.has(rule));
}

/** The same line seen through several forms is one piece of evidence. */
export function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [
    ...new Map(evidence.map((one) => [JSON.stringify([one.rule, one.episode, one.line, one.quote]), one])).values(),
  ];
}
