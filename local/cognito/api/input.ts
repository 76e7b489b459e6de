// Reads the JSON input of an API call. Messages as Cognito's own validation writes them.
import { invalid } from '../failure.ts';

export type Input = Readonly<Record<string, unknown>>;

const lower = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** A text that must be there. */
export const text = (input: Input, name: string): string => {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(
    `1 validation error detected: Value at '${lower(name)}' failed to satisfy constraint: Member must not be null`,
  );
};

/** An object of texts that may be there, e.g. AuthParameters. */
export const texts = (input: Input, name: string): Record<string, string> => {
  const value = input[name] ?? {};
  if (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value ?? {}).every((one) => typeof one === 'string')
  )
    return value as Record<string, string>;
  throw invalid(
    `1 validation error detected: Value at '${lower(name)}' failed to satisfy constraint: Member must be a map of strings`,
  );
};

/** A parameter inside AuthParameters or ChallengeResponses. */
export const parameter = (parameters: Record<string, string>, name: string): string => {
  const value = parameters[name];
  if (value) return value;
  throw invalid(`Missing required parameter ${name}`);
};

/** A list of `{Name, Value}` as an object. */
export const attributes = (input: Input, name: string): Record<string, string> => {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw invalid(`1 validation error detected: Value at '${lower(name)}' must be a list`);
  return Object.fromEntries(
    value.map((one: { Name?: unknown; Value?: unknown } | null): [string, string] => {
      const { Name: key, Value: given = '' } = one ?? {};
      if (typeof key === 'string' && typeof given === 'string') return [key, given];
      throw invalid(`1 validation error detected: Value at '${lower(name)}' must hold Name and Value`);
    }),
  );
};

const standard = new Set(
  'address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture preferred_username profile updated_at website zoneinfo'.split(
    ' ',
  ),
);

/** Throws for an attribute no pool has, or one that says an address is proven. */
export const checkAttributes = (given: Record<string, string>): void => {
  for (const name of Object.keys(given)) {
    if (name === 'email_verified' || name === 'phone_number_verified' || name === 'sub')
      throw invalid(`Cannot modify the non-mutable attribute ${name}`);
    if (!standard.has(name) && !/^(custom|dev):.+$/.test(name))
      throw invalid(`Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.\n`);
  }
};

/** An address one can send to; the fine points are left to the mail server. */
export const isEmail = (value: string): boolean =>
  value.length <= 254 && /^[^\s@<>",;:()\\]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value);
