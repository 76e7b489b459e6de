// How data enters and leaves a state: paths, payload templates, result selectors, and the size limit between states.
import { invalidPath, StateFailure } from './failure.ts';
import { evaluate } from './intrinsic.ts';
import { readPath, writePath } from './path.ts';

/** 256 KiB between states (Step Functions quotas). */
export const dataLimit = 262_144;

/** A template with each `"name.$"` replaced by the value of its path or intrinsic. */
export function fill(template: unknown, input: unknown, context: unknown): unknown {
  if (Array.isArray(template)) return template.map((inner) => fill(inner, input, context));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, inner]) => {
      if (!name.endsWith('.$')) return [name, fill(inner, input, context)];
      const value = evaluate(String(inner), input, context);
      if (value !== undefined) return [name.slice(0, -2), value];
      const cause = `The JSONPath '${inner}' specified for the field '${name}' could not be found in the input.`;
      throw new StateFailure('States.ParameterPathFailure', cause);
    }),
  );
}

/** InputPath or OutputPath: absent is all, null is nothing. */
export function select(path: string | null | undefined, value: unknown, context: unknown): unknown {
  if (path === undefined) return value;
  if (path === null) return {};
  const found = readPath(path, value, context);
  if (found === undefined) throw invalidPath(path);
  return found;
}

/** ResultPath: where the result goes in the state's input; null leaves the input alone. */
export function place(path: string | null | undefined, input: unknown, result: unknown): unknown {
  if (path === null) return input;
  if (path === undefined || path === '$') return result;
  if (input === null || typeof input !== 'object')
    throw new StateFailure(
      'States.ResultPathMatchFailure',
      `Unable to apply ResultPath '${path}' to an input that is not an object.`,
    );
  return writePath(path, input, result);
}

/** `value`, or States.DataLimitExceeded when its JSON is larger than a state may hand on. */
export function within(value: unknown, what: string): unknown {
  const size = Buffer.byteLength(JSON.stringify(value) ?? 'null');
  if (size <= dataLimit) return value;
  const cause = `${what} returned a result with a size exceeding the maximum number of bytes service limit.`;
  throw new StateFailure('States.DataLimitExceeded', cause);
}
