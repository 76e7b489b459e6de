// JSONPath as the States Language uses it: reading with names, indexes, slices, wildcards and descent; writing at a reference path.

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'all' }
  | { readonly kind: 'descend' };

const token =
  /\.\.|\.?\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+)|(-?\d*):(-?\d*)|(\*))\]|\.(\*)|\.?([^.[\]*\s]+)/y;

const bound = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);

/** Steps after the leading `$`. Throws on anything that is not a path. */
function parse(path: string): Step[] {
  const steps: Step[] = [];
  token.lastIndex = 1;
  while (token.lastIndex < path.length) {
    const at = token.lastIndex;
    const found = token.exec(path);
    if (!found || path[0] !== '$') throw new Error(`'${path}' is not a JSONPath that is understood here (at ${at}).`);
    const [whole, single, double, index, from, to, all, star, name] = found;
    const quoted = single ?? double;
    if (whole === '..') steps.push({ kind: 'descend' });
    else if (all || star) steps.push({ kind: 'all' });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (from !== undefined) steps.push({ kind: 'slice', from: bound(from), to: bound(to) });
    else steps.push({ kind: 'name', name: quoted === undefined ? (name ?? '') : quoted.replace(/\\(.)/g, '$1') });
  }
  return steps;
}

/** Throws an Error when `path` is not one that is understood here. */
export const checkPath = (path: string): void => void parse(path.startsWith('$$') ? path.slice(1) : path);

const children = (value: unknown): unknown[] => (value && typeof value === 'object' ? Object.values(value) : []);

const descendants = (value: unknown): unknown[] => [value, ...children(value).flatMap(descendants)];

const walk = (value: unknown, step: Step): unknown[] => {
  if (step.kind === 'descend') return descendants(value);
  if (step.kind === 'all') return children(value);
  if (step.kind === 'name') {
    const has = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, step.name);
    return has ? [(value as Record<string, unknown>)[step.name]] : [];
  }
  if (!Array.isArray(value)) return [];
  if (step.kind === 'slice') return value.slice(step.from, step.to);
  return step.index >= -value.length && step.index < value.length ? [value.at(step.index)] : [];
};

const one = (step: Step): boolean => step.kind === 'name' || step.kind === 'index';

/** The value at `path`; a list for paths that may find several; undefined when there is none. `$$` reads `context`. */
export function readPath(path: string, input: unknown, context: unknown): unknown {
  const ofContext = path.startsWith('$$');
  const steps = parse(ofContext ? path.slice(1) : path);
  let found: unknown[] = [ofContext ? context : input];
  for (const step of steps) found = found.flatMap((value) => walk(value, step));
  return steps.every(one) ? found[0] : found;
}

const put = (target: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown => {
  if (!step) return value;
  if (step.kind === 'index') {
    const list = Array.isArray(target) ? [...target] : [];
    list[step.index] = put(list[step.index], rest, value);
    return list;
  }
  if (step.kind !== 'name') throw new Error('a ResultPath names one place: no wildcards, slices or descent.');
  const object = target !== null && typeof target === 'object' && !Array.isArray(target) ? target : {};
  return { ...object, [step.name]: put((object as Record<string, unknown>)[step.name], rest, value) };
};

/** A copy of `input` with `value` at the reference path. */
export const writePath = (path: string, input: unknown, value: unknown): unknown => put(input, parse(path), value);
