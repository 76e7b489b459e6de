// Indexes are walled by their keys (docs/adr/0008, 8): the partition key of each begins with the tenant and the delimiter, or the build stops.

/** A partition key of an index in an entity: its field, then its template, in whatever quotes. */
const partition = /field: ['"`](?:gsi\d+|\$\{index\})pk['"`],[^}]*?template: (['"`])(.*?)\1/gs;

/** Templates of partition keys of indexes in a source that do not begin with the tenant. */
export const strayIndexKeys = (source: string): string[] =>
  [...source.matchAll(partition)]
    .map(([, , template = '']) => template.replaceAll('\\$', '$'))
    .filter((template) => !template.startsWith('T#${tenant}#'));

/** Throws naming the files and templates that would let an index be asked across tenants. `read` gives the text of a file. */
export function checkIndexKeys(files: readonly string[], read: (file: string) => string): void {
  const stray = files.flatMap((file) => strayIndexKeys(read(file)).map((template) => `${file}: ${template}`));
  if (stray.length === 0) return;
  const advice = 'The partition key of an index begins with T#${tenant}#, or the data role cannot wall it.';
  throw new Error(`${advice}\n${[...new Set(stray)].join('\n')}`);
}
