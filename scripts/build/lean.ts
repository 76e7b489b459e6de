// What makes bundles small and quick to start: nothing runs at import that the first call may not need.
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const lazy = 'lazy';
const node = new RegExp(`^(node:)?(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`);

/**
 * The SDK (70 ms and more) and Node's own modules (an ESM import of node:http alone evaluates undici, 12 ms) load when one of
 * their members is first used. A member is looked up through the prototype, so that esbuild's interop copies nothing.
 */
const loadOnUse = (name: string): string => `
let loaded;
const look = (_, member) => member === '__esModule' ? false : (loaded ??= require(${JSON.stringify(name)}))[member];
module.exports = Object.create(new Proxy({}, { get: look, has: (_, member) => look(_, member) !== undefined }));
`;

/** An entity takes 2 ms to make, a function has up to twenty and a request needs a few: each is made when one of its members is first used. */
const madeOnUse = (entity: string): string => `
exports.Entity = function (...said) {
  let made;
  const look = (_, member, self) => {
    made ??= new (require(${JSON.stringify(entity)}).Entity)(...said);
    const found = made[member];
    return typeof found === 'function' ? (self[member] = found.bind(made)) : found;
  };
  return Object.create(new Proxy({}, { get: look }));
};
`;

/** ElectroDB checks its models against a JSON schema whenever they are made. Ours are fixed and every test makes them: not again at each start. */
const unchecked = `
exports.Validator = class { addSchema() {} validate() { return { valid: true, errors: [] }; } };
exports.Validator.prototype.customFormats = {};
`;

/** esbuild's part of it. `root` is the repository. Unused modules are left out by what its package.json says: none does anything by being imported. */
export function lean(root: string): Plugin {
  return {
    name: 'lean',
    setup(build) {
      const deferred = (filter: RegExp) =>
        build.onResolve({ filter }, ({ path, namespace, kind }) =>
          namespace === lazy || kind === 'dynamic-import' ? { path, external: true } : { path, namespace: lazy },
        );
      deferred(/^@(aws-sdk|smithy)\//);
      deferred(node);
      build.onLoad({ filter: /.*/, namespace: lazy }, ({ path }) => ({ contents: loadOnUse(path), loader: 'js' }));
      // of ElectroDB only entities are used; services, transactions and conversions are 25 KB more
      const entity = resolve(root, 'node_modules/electrodb/src/entity.js');
      build.onResolve({ filter: /^electrodb$/ }, ({ path }) => ({ path, namespace: 'entities' }));
      build.onLoad({ filter: /.*/, namespace: 'entities' }, () => ({ contents: madeOnUse(entity), resolveDir: root }));
      build.onResolve({ filter: /^jsonschema$/ }, ({ path }) => ({ path, namespace: 'unchecked' }));
      build.onLoad({ filter: /.*/, namespace: 'unchecked' }, () => ({ contents: unchecked, loader: 'js' }));
      // comes as small as it gets; to make it smaller took 3 s and 800 MB for each of six functions
      build.onLoad({ filter: /[\\/]unpdf[\\/]dist[\\/]pdfjs\.mjs$/ }, async ({ path }) => ({
        contents: await readFile(path),
        loader: 'copy',
      }));
    },
  };
}
