// A route says which verb answers a method and path; everything else is the verb's.
import type { AnyVerb } from '../../../core/platform/verb.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** Path below /api/v1, parameters in braces. */
export type RouteKey = `${Method} /${string}`;

export type Route = {
  readonly verb: AnyVerb;
  /** Status of success; 200 when left out. */
  readonly status?: 200 | 201 | 202;
  /** The contract names the one thing that is answered: its fields stand under the name and beside it, for clients of either reading. */
  readonly as?: 'project' | 'task' | 'file';
  /** The verb answers a FileAnswer, sent as it is instead of in the envelope. */
  readonly file?: true;
};

export type Routes = Readonly<Record<RouteKey, Route>>;

export const apiBase = '/api/v1';
