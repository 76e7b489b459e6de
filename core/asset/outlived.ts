// A merge that runs went on from: what they made of the survivor since is kept, and what the merge gave it is taken out again. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { Form } from '../breakdown/schema.ts';
import { absorbing } from './asset.ts';
import { filmedIn, hasForm } from './forms.ts';
import { hasPrompt } from './prompts.ts';
import type { AssetRow } from './store.ts';

/** A merge: the survivor and the other as they were before it, and the survivor as it is now. */
type Outlived = { readonly into: AssetRow; readonly other: AssetRow; readonly now: AssetRow };

/** What a person says of an asset and a run leaves alone from then on. */
const said = ['name', 'description', 'attributes', 'variants', 'importance', 'parent'] as const;

/** Whether nobody but runs changed the survivor since. */
export function isByRunsAlone({ into, other, now }: Outlived): boolean {
  const merged = { ...into, ...absorbing(into, other) };
  const known = new Set([...into.edited, 'name']);
  return (
    now.status === 'active' &&
    now.edited.every((field) => known.has(field)) &&
    said.every((field) => !now.edited.includes(field) || isDeepStrictEqual(now[field], merged[field]))
  );
}

/** The two as they go on apart: each with its own forms, counted as the script has them now. */
export function partedAgain({ into, other, now }: Outlived): { into: Partial<AssetRow>; other: Partial<AssetRow> } {
  const isOthers = ({ surface }: Form) => hasForm(other.forms, surface) && !hasForm(into.forms, surface);
  const staying = now.forms.filter((form) => !isOthers(form));
  const leaving = now.forms.filter(({ surface }) => hasForm(other.forms, surface));
  const keyForm = now.key.slice(now.kind.length + 1);
  return {
    into: {
      ...formed(staying, into),
      name: hasForm(leaving, now.name) && now.name !== into.name ? into.name : now.name,
      key: hasForm(leaving, keyForm) ? into.key : now.key,
      edited: now.edited.filter((field) => into.edited.includes(field)),
      description: now.description === other.description ? into.description : now.description,
      attributes: without(now.attributes, other.attributes, into.attributes),
      promptBy: hasPrompt(into) ? now.promptBy : into.promptBy,
      variants: now.variants.filter(
        ({ id }) => into.variants.some((own) => own.id === id) || !other.variants.some((given) => given.id === id),
      ),
    },
    other: {
      status: 'active',
      mergedInto: undefined,
      ...formed(leaving, other),
    },
  };
}

/** Forms and where they are; one whom the script has lost keeps what it had. */
const formed = (
  now: readonly Form[],
  had: Pick<AssetRow, 'forms' | 'episodes'>,
): Pick<AssetRow, 'forms' | 'episodes'> =>
  now.length > 0
    ? { forms: [...now], episodes: filmedIn(now.flatMap(({ episodes }) => episodes)) }
    : { forms: had.forms, episodes: had.episodes };

/** Attributes without those that were `given` and are not its `own`. */
const without = (
  now: AssetRow['attributes'],
  given: AssetRow['attributes'],
  own: AssetRow['attributes'],
): AssetRow['attributes'] =>
  Object.fromEntries(Object.entries(now).filter(([name, value]) => name in own || given[name] !== value));
