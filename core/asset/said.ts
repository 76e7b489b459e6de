// What a merge or a split says about forms, for later resolutions to honour. They know only forms that stand in the script:
// a name that a person gave decides nothing there. Pure.
import type { Form } from '../breakdown/schema.ts';
import { mostUsed } from './asset.ts';
import type { AssetRow, DecisionRow } from './store.ts';

/** One asset or two: a person's word about two forms. */
export type Word = Pick<DecisionRow, 'aForm' | 'bForm'> & { readonly status: 'accepted' | 'rejected' };

/** Words of one change: they and its rows fit into one commit. */
const most = 80;

/** An asset as far as its forms go. */
type Side = Pick<AssetRow, 'kind' | 'key' | 'name' | 'forms'>;

type Known = Pick<DecisionRow, 'kind' | 'status' | 'aForm' | 'bForm'>;

/** The form that stands for an asset in the script: the one resolution knows it by, else the most used; its name where the script has none. */
export function scriptForm({ kind, key, name, forms }: Side): string {
  const found = inScript(forms);
  if (found.length === 0) return name;
  return found.find(({ surface }) => key === `${kind}:${surface}`)?.surface ?? mostUsed(found);
}

/** The two are one; so is what was told apart between them before. `pair`: the forms that were asked about. */
export function saidByMerge(
  into: AssetRow,
  other: AssetRow,
  known: readonly Known[],
  pair: Pick<Word, 'aForm' | 'bForm'> = { aForm: scriptForm(into), bForm: scriptForm(other) },
): Word[] {
  const apart = between(into.kind, into.forms, other.forms, known, 'rejected');
  return each([pair, ...apart].map((forms) => ({ ...forms, status: 'accepted' as const })));
}

/** No form that leaves is one with a form that stays, whatever was said before; the forms that leave are one. */
export function saidBySplit(
  { kind }: Pick<AssetRow, 'kind'>,
  staying: Side,
  leaving: Side,
  known: readonly Known[],
): Word[] {
  const [stays, leaves] = [mainFirst(staying), mainFirst(leaving)];
  const [main, ...others] = leaves;
  const apart = (aForm: string) => leaves.map((bForm) => ({ aForm, bForm, status: 'rejected' as const }));
  const [first = '', ...rest] = stays;
  return each([
    ...between(kind, staying.forms, leaving.forms, known, 'accepted').map((forms) => ({
      ...forms,
      status: 'rejected' as const,
    })),
    ...apart(first),
    ...others.map((bForm) => ({ aForm: main ?? '', bForm, status: 'accepted' as const })),
    ...rest.flatMap(apart),
  ]);
}

/** Pairs of a form of either side about which a person said this. */
function between(
  kind: AssetRow['kind'],
  a: readonly Form[],
  b: readonly Form[],
  known: readonly Known[],
  status: Word['status'],
): Pick<Word, 'aForm' | 'bForm'>[] {
  const [left, right] = [surfacesOf(a), surfacesOf(b)];
  return known
    .filter((row) => row.kind === kind && row.status === status)
    .flatMap(({ aForm, bForm }) => {
      if (left.has(aForm) && right.has(bForm)) return [{ aForm, bForm }];
      return left.has(bForm) && right.has(aForm) ? [{ aForm: bForm, bForm: aForm }] : [];
    });
}

/** Every pair once, as it was named first. */
function each(words: readonly Word[]): Word[] {
  const byPair = new Map<string, Word>();
  for (const word of words) {
    const pair = [word.aForm, word.bForm].sort().join('\n');
    if (!byPair.has(pair)) byPair.set(pair, word);
  }
  return [...byPair.values()].slice(0, most);
}

const inScript = (forms: readonly Form[]): Form[] => forms.filter(({ count }) => count > 0);
const surfacesOf = (forms: readonly Form[]): ReadonlySet<string> => new Set(forms.map(({ surface }) => surface));

/** Forms in the script, the one that stands for the asset first, then the most used. */
function mainFirst(side: Side): string[] {
  const main = scriptForm(side);
  const byUse = inScript(side.forms).sort((a, b) => b.count - a.count);
  return [...new Set([main, ...byUse.map(({ surface }) => surface)])];
}
