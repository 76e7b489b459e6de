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

/** Most names kept: those of our schemas are some hundreds, and what clients make up must not fill the memory. */
const mostKept = 2000;

/** The same function, which answers names it was asked before from memory: a page of shots has two thousand keys, all of them alike. */
function remembered(write: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const written = write(name);
    if (known.size >= mostKept) known.clear();
    known.set(name, written);
    return written;
  };
}

export const snake = remembered((name) =>
  asWritten.has(name) ? name : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);
export const camel = remembered((name) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));

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
