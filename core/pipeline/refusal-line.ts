// A refusal on its way through the state machine, which carries an error's message and nothing else: its code, and what its sentence
// is filled from.
import type { Failure, FailureCode } from '../platform/failure.ts';
import { sentences } from '../platform/sentences.ts';
import type { Reason } from '../task/said.ts';

/** One line: the code, then the details as JSON where there are any. */
export const lineOf = ({ code, details }: Failure): string =>
  Object.keys(details).length === 0 ? code : `${code} ${JSON.stringify(details)}`;

/** The message of what Lambda threw, as the States language carries it in `Cause`. */
export function messageOf(cause = ''): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : '';
  } catch {
    return cause;
  }
}

/** The reason that a line tells, or undefined when it is none of ours. */
export function reasonIn(line: string): Reason | undefined {
  const [code, rest] = cut(line);
  if (!(code in sentences)) return undefined;
  const details = read(rest);
  return { code: code as FailureCode, ...(details && { details }) };
}

function cut(line: string): [string, string?] {
  const blank = line.indexOf(' ');
  return blank < 0 ? [line] : [line.slice(0, blank), line.slice(blank + 1)];
}

function read(json: string | undefined): Record<string, unknown> | undefined {
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}
