// What the local cloud says when it cannot go on: one sentence of what is wrong and one of what to do.

/** Closed list of reasons; each has a test. */
export type RefusalCode =
  | 'ASSEMBLY_MISSING'
  | 'ASSEMBLY_CORRUPT'
  | 'TEMPLATE_NOT_UNDERSTOOD'
  | 'WORKFLOW_NOT_UNDERSTOOD'
  | 'MISSING_GRANT'
  | 'PORT_TAKEN'
  | 'DISK_FULL'
  | 'STATE_CORRUPT'
  | 'STATE_UNWRITABLE'
  | 'STATE_IN_USE'
  | 'STATE_MISSING'
  | 'USER_MISSING';

/** A failure the person at the machine can mend. `message` is complete: what is wrong, where, what to do. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.code = code;
  }
}
