// The one mapper between camelCase code and snake_case JSON. Keys under `verbatim` names are data, not names, and stay as they are.

const verbatim = new Set([
  'settings',
  'attributes',
  'metadata',
  'details',
  'notes',
  'model_config',
  'modelConfig',
  'counts',
  'document',
]);

/** Names that existing clients know in camelCase (contract of /auth: `token.expiresIn`). */
const asWritten = new Set(['expiresIn']);

export const snake = (name: string): string =>
  asWritten.has(name) ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A JSON value with every object key written in snake_case. */
export const toSnake = (value: unknown): unknown => renamed(value, snake);
/** A JSON value with every object key written in camelCase. */
export const toCamel = (value: unknown): unknown => renamed(value, camel);

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (value === null || typeof value !== 'object') return value;
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    // assigned, it would set the prototype
    if (key === '__proto__') continue;
    const named = rename(key);
    if (named === '__proto__') continue;
    out[named] = verbatim.has(key) ? item : renamed(item, rename);
  }
  return out;
}
