// An index whose key does not begin with the tenant cannot be walled: it stops the build.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkIndexKeys, strayIndexKeys } from '../../scripts/build/index-keys.ts';

const entity = (template: string) =>
  `byStatus: { index: 'gsi1', pk: { field: 'gsi1pk', composite: ['tenant', 'status'], template: '${template}', casing: 'none' }, sk: { field: 'gsi1sk', composite: ['id'], template: '\${id}' } },`;

test.each(['T#${tenant}#STATUS#${status}', 'T#${tenant}#TASK'])('%s is within the walls', (template) => {
  expect(strayIndexKeys(entity(template))).toEqual([]);
});

test.each(['STATUS#${status}', 'STATUS#${status}#T#${tenant}', 'T#${tenant}', 'T#${tenant}STATUS', 'T#${status}#'])(
  '%s stops the build, naming file and key',
  (template) => {
    expect(strayIndexKeys(entity(template))).toEqual([template]);
    expect(() => checkIndexKeys(['core/x/store.ts'], () => entity(template))).toThrow(`core/x/store.ts: ${template}`);
  },
);

test('every index of the product is one it sees', () => {
  const files = globSync('core/**/*.ts');
  const sources = files.map((file) => readFileSync(file, 'utf8'));
  const written = sources.flatMap((source) => [...source.matchAll(/field: ['"`](gsi\d+|\$\{index\})pk/g)]);
  expect(written.length).toBeGreaterThan(10);
  const seen = sources.flatMap((source) => strayIndexKeys(source.replaceAll(/T#\\?\$\{tenant\}#/g, 'X#')));
  expect(seen).toHaveLength(written.length);
  expect(() => checkIndexKeys(files, (file) => readFileSync(file, 'utf8'))).not.toThrow();
});
