// Names: of the SQLite tables (rows of a table, of an index, records of a stream) and the ARNs of the service.
import { account, region } from '../../template/identity.ts';
import type { IndexSettings, StreamSettings, Table } from './table.ts';

export const rowsOf = (id: number): string => `row_${id}`;
export const entriesOf = (id: number, { number }: Pick<IndexSettings, 'number'>): string => `entry_${id}_${number}`;
export const recordsOf = (id: number, { number }: Pick<StreamSettings, 'number'>): string => `record_${id}_${number}`;

export const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
export const indexArn = (table: string, index: string): string => `${tableArn(table)}/index/${index}`;
export const streamArn = (table: Pick<Table, 'arn'>, { label }: Pick<StreamSettings, 'label'>): string =>
  `${table.arn}/stream/${label}`;

/** Label of the first stream of a table: the plan of the template knows the stream by this name before it is there. */
export const firstLabel = '2020-01-01T00:00:00.000';
