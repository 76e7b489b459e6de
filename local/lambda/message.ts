// What passes between the pool and a worker thread. Payloads are JSON text both ways, as on the wire of Lambda.

/** As Lambda reports a failed invocation. */
export type FunctionError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
};

export type Invocation = {
  readonly requestId: string;
  readonly payload: string;
  /** Epoch milliseconds at which the function is cut off. */
  readonly deadline: number;
};

export type WorkerSetup = {
  readonly folder: string;
  readonly handler: string;
  readonly name: string;
  readonly arn: string;
  readonly memory: number;
  readonly logGroup: string;
};

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unready'; readonly error: FunctionError }
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'failure'; readonly error: FunctionError };

/** Any thrown value in Lambda's form. */
export const functionError = (thrown: unknown): FunctionError =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
    : {
        errorType: typeof thrown,
        errorMessage: typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? 'undefined'),
      };
