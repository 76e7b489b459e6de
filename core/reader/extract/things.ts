// What rows tell of things and sets: props, vehicles, creatures, effects, sounds, extras, and how a place looks. Pure.
import { normalForm } from '../../breakdown/index.ts';
import type { AssetKind } from '../../breakdown/schema.ts';
import type { Row } from './answer.ts';
import { type Draft, keepTrait, personOf, placeOf, type Shown, spotAt } from './draft.ts';
import { named } from './evidence.ts';
import { standings } from './standings.ts';

const longest = 40;

const kinds: Readonly<Partial<Record<Row['k'], AssetKind>>> = {
  prop: 'prop',
  vehicle: 'vehicle',
  creature: 'creature',
  effect: 'effect',
  sound: 'sound',
  extra: 'extra',
};
/** Heard or made, not named: the script need not have the word. */
const unnamed: ReadonlySet<AssetKind | undefined> = new Set(['effect', 'sound']);

/** Whether the thing is in the script. One that was found already keeps its kind. */
export function tellThing(shown: Shown, draft: Draft): boolean {
  const kind = kinds[shown.row.k];
  const name = shown.row.n.trim();
  if (!kind || name === '' || name.length > longest || personOf(name, draft)) return false;
  const thing = knownThing(name, draft) ?? bringIn(kind, name, shown, draft);
  if (!thing) return false;
  keepTrait(draft, shown, { ...thing, aspect: 'description', value: shown.row.v ?? '' });
  const holder = kind === 'prop' ? personOf(shown.row.o, draft) : undefined;
  if (holder) keepTrait(draft, shown, { ...thing, aspect: 'holder', value: '', to: holder });
  return true;
}

const knownThing = (name: string, { scope, things }: Draft) =>
  things.get(normalForm(name)) ?? scope.register.thing(name);

function bringIn(kind: AssetKind, name: string, { at }: Shown, { scope, into, things }: Draft) {
  const first = named(name, at.line.number, scope.sheet);
  const surface = first?.surface ?? (unnamed.has(kind) ? name : undefined);
  if (surface === undefined) return undefined;
  const thing = { kind, surface };
  things.set(normalForm(name), thing);
  const places = first ? standings(first, scope) : [at];
  for (const place of places) into.mention(kind, surface, 'named', spotAt(place), [place.start, place.end]);
  return thing;
}

/** How a set looks. It must be one of the episode's; the scene of the line decides where the name is not exact. */
export function tellPlace(shown: Shown, draft: Draft): boolean {
  const here = shown.at.line.scene?.location;
  const name = normalForm(shown.row.n);
  const isHere = here && name && (normalForm(here).includes(name) || name.includes(normalForm(here)));
  const surface = placeOf(shown.row.n, draft) ?? (isHere ? here : undefined);
  if (surface === undefined) return false;
  keepTrait(draft, shown, { kind: 'location', surface, aspect: 'description', value: shown.row.v ?? '' });
  return true;
}
