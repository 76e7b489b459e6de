// What passes between the cloud and the thread that runs the DynamoDB engine.
import type { FunctionPlan } from '../../template/function.ts';
import type { RolePlan } from '../../template/role.ts';

export type DynamoSetup = {
  readonly file: string;
  readonly port: number;
  readonly functions: readonly FunctionPlan[];
  readonly roles: readonly RolePlan[];
  /** Seed of the access keys of this boot. */
  readonly seed: Uint8Array;
};

/** What the thread is asked: to end, or the body of a GetRecords. */
export type DynamoOrder =
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'records';
      readonly id: number;
      readonly iterator: string;
      readonly limit: number;
      readonly names: readonly string[] | undefined;
    };

export type DynamoMessage =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'failed'; readonly code: string | undefined; readonly message: string }
  | { readonly kind: 'written' }
  | { readonly kind: 'records'; readonly id: number; readonly body: string }
  | { readonly kind: 'no records'; readonly id: number; readonly name: string; readonly message: string };
