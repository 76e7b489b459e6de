// One item read by its key, as GetItem, BatchGetItem and TransactGetItems share it.
import type { World } from './calls/call.ts';
import { compileExpressions } from './expression/compile.ts';
import type { ExpressionInput } from './expression/dynalite.ts';
import type { Project } from './expression/projection.ts';
import { invalid } from './failure.ts';
import { checkPaths } from './schema-check.ts';
import { keyTexts } from './store/key.ts';
import type { Table } from './store/table.ts';
import { checkItem } from './value/check.ts';
import type { Item } from './value/value.ts';

/** Compiled projection of a read, checked against the table. Throws ValidationException. */
export const projectionFor = (input: ExpressionInput, table: Table): Project | undefined => {
  const { projection } = compileExpressions(input);
  checkPaths(projection?.nested, table);
  return projection?.project;
};

/** Texts of a key parameter. Throws ValidationException. */
export const checkedKey = (key: Item, table: Table) => {
  const fault = checkItem(key);
  if (fault) throw invalid(fault.message);
  return keyTexts(key, table.keys);
};

/** JSON of what was asked of an item, and the size of the whole item; undefined when it is not there. */
export const readItem = (
  {
    table,
    key,
    project,
  }: { readonly table: Table; readonly key: ReturnType<typeof keyTexts>; readonly project?: Project },
  { store }: World,
): { readonly text: string; readonly size: number } | undefined => {
  const found = store.rows.text(table, key);
  if (!found || !project) return found;
  return { text: JSON.stringify(project(JSON.parse(found.text) as Item)), size: found.size };
};
