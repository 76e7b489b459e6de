// What StartExecution asks of a name and an input (Step Functions API Reference).
import { ExecutionRefused } from './execution-refused.ts';

const nameRule = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;
const inputLimit = 262_144;

/** ARN of a machine's execution of that name. */
export const executionArn = (machineArn: string, name: string): string =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** Throws InvalidExecutionInput. */
export const parseInput = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new ExecutionRefused(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${text.slice(0, 80)}' is not JSON`,
    );
  }
};

/** Throws InvalidName, InvalidExecutionInput or, over 256 KiB, ValidationException. */
export function checkStart(name: string, input: string): void {
  if (!nameRule.test(name)) throw new ExecutionRefused('InvalidName', `Invalid Name: '${name}'`);
  parseInput(input);
  if (Buffer.byteLength(input) > inputLimit)
    throw new ExecutionRefused('ValidationException', `input must have length less than or equal to ${inputLimit}`);
}
