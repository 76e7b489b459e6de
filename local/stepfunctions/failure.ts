// How a state fails: an error name and a cause, as Retry and Catch see them.

export class StateFailure extends Error {
  readonly error: string;
  override readonly cause: string;
  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.name = 'StateFailure';
    this.error = error;
    this.cause = cause;
  }
}

/** `States.ALL` does not match these two (States Language, "Predefined error codes"). */
const terminal = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/** Whether a Retry or Catch that lists `names` takes an error. */
export const matches = (names: readonly string[], error: string, isTask: boolean): boolean =>
  names.some(
    (name) =>
      name === error ||
      (name === 'States.ALL' && !terminal.has(error)) ||
      (name === 'States.TaskFailed' && isTask && error !== 'States.Timeout' && !terminal.has(error)),
  );

/** Any thrown value as a failure; what is not one is a fault of the definition or of the runner. */
export const asFailure = (thrown: unknown): StateFailure =>
  thrown instanceof StateFailure
    ? thrown
    : new StateFailure('States.Runtime', thrown instanceof Error ? thrown.message : String(thrown));

export const invalidPath = (path: string): StateFailure =>
  new StateFailure('States.Runtime', `Invalid path '${path}': no value was found there.`);
