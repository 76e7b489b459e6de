// What rows tell of people: further names and people, looks, character, ties, what they wear. Pure.
import { namesSomebody, normalForm, wornBy } from '../../breakdown/index.ts';
import type { Trait } from '../../breakdown/schema.ts';
import type { Row } from './answer.ts';
import { type Draft, keepTrait, personOf, type Scope, type Shown, spotAt } from './draft.ts';
import { type Named, named } from './evidence.ts';
import { standings } from './standings.ts';

/** No name is longer. */
const longest = 40;

/** Brings in the person of a `form` row whom the document does not know, if the script has the name. */
export function introduce({ row, at }: Shown, draft: Draft): void {
  if (row.k !== 'form' || personOf(row.n, draft) !== undefined || !mayBeName(row.n, draft.scope)) return;
  const found = named(row.n, at.line.number, draft.scope.sheet);
  if (!found) return;
  draft.people.set(normalForm(found.surface), found.surface);
  keepNames(found, 'read', draft);
}

/** The name wherever it stands and was not seen yet. */
function keepNames(found: Named, role: 'read' | 'named', { scope, into }: Draft): void {
  const seen = scope.found.mentions.filter(
    ({ kind, surface }) => kind === 'character' && normalForm(surface) === normalForm(found.surface),
  );
  const there = new Set(seen.map(({ elementId }) => elementId));
  for (const place of standings(found, scope))
    if (!there.has(place.line.element.id))
      into.mention('character', found.surface, role, spotAt(place), [place.start, place.end]);
}

/** What was found as a thing is no name; a walk-on may turn out to be somebody. */
function mayBeName(form: string, { language, register }: Scope): boolean {
  const thing = register.thing(form);
  return form.length <= longest && namesSomebody(form, language) && (!thing || thing.kind === 'extra');
}

const aspects: Readonly<Partial<Record<Row['k'], Trait['aspect']>>> = {
  look: 'appearance',
  trait: 'personality',
  work: 'profession',
  age: 'age',
};

/** Whether the person is in the script; undefined when the row speaks of no person. */
export function tellPerson(shown: Shown, draft: Draft): boolean | undefined {
  const { k, n, v = '', o } = shown.row;
  if (k === 'not') return deny(n, draft);
  const aspect = aspects[k];
  if (aspect === undefined && !['form', 'tie', 'sex', 'costume'].includes(k)) return undefined;
  const surface = personOf(n, draft);
  if (surface === undefined) return false;
  if (k === 'form') return tellForm(shown, surface, draft);
  if (k === 'sex') return tellSex(shown, surface, draft);
  if (k === 'costume') return tellCostume(shown, surface, draft);
  if (aspect) keepTrait(draft, shown, { kind: 'character', surface, aspect, value: v });
  else {
    const to = personOf(o, draft) ?? named(o ?? '', shown.at.line.number, draft.scope.sheet)?.surface;
    if (to === undefined || to === surface) return false;
    keepTrait(draft, shown, { kind: 'character', surface, aspect: 'relation', value: v, to });
  }
  return true;
}

/** Another name of a person. It must stand in the script; what says that it is the person's is the quote. */
function tellForm({ row, at }: Shown, person: string, draft: Draft): boolean {
  const { scope, into } = draft;
  const form = row.v ?? '';
  if (normalForm(form) === normalForm(person)) return true;
  const found = mayBeName(form, scope) ? named(form, at.line.number, scope.sheet) : undefined;
  if (!found) return false;
  keepNames(found, 'named', draft);
  const rule = scope.register.isSure(form) && scope.register.isSure(person) ? 'read_alias' : 'read_form';
  into.hint('character', found.surface, person, rule, spotAt(at), [at.start, at.end]);
  return true;
}

const sexes: readonly (readonly ['female' | 'male', RegExp])[] = [
  ['female', /^(?:f|female|woman|girl|女.{0,3})$/i],
  ['male', /^(?:m|male|man|boy|男.{0,3})$/i],
];

function tellSex({ row, at }: Shown, surface: string, { into }: Draft): boolean {
  const gender = sexes.find(([, words]) => words.test((row.v ?? '').trim()))?.[0];
  if (gender) into.gender(surface, gender, spotAt(at));
  return gender !== undefined;
}

/** A costume carries its wearer in its form. The same look in other words in the same scene is the same. */
function tellCostume({ row, at }: Shown, wearer: string, { scope, into }: Draft): boolean {
  const look = (row.v ?? '').replaceAll(wornBy, ' ').trim().slice(0, longest);
  if (look === '') return false;
  const surface = `${wearer}${wornBy}${look}`;
  const [mine, ofMine] = [normalForm(look), normalForm(wearer)];
  const isThere = scope.found.mentions.some((mention) => {
    if (mention.kind !== 'costume' || mention.sceneId !== (at.line.scene?.id ?? '')) return false;
    const [whose = '', other = ''] = mention.surface.split(wornBy).map(normalForm);
    return whose === ofMine && (other.includes(mine) || mine.includes(other));
  });
  if (!isThere) into.mention('costume', surface, 'named', spotAt(at), [at.start, at.end]);
  return true;
}

/** A form the grammar took for a person, and only took: whoever is labelled or has a biography is somebody. */
function deny(form: string, { scope, denied }: Draft): boolean {
  const surface = scope.register.person(form);
  if (surface === undefined || scope.register.isSure(form)) return false;
  denied.add(surface);
  return true;
}
