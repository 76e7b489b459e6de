// Why the Step Functions door refuses a call; the codes are those of the service.

export type RefusedCode =
  | 'AccessDeniedException'
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExpiredTokenException'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'StateMachineDoesNotExist'
  | 'UnknownOperationException'
  | 'ValidationException';

export class ExecutionRefused extends Error {
  readonly code: RefusedCode;
  constructor(code: RefusedCode, message: string) {
    super(message);
    this.name = 'ExecutionRefused';
    this.code = code;
  }
}
