// A definition read strictly: what is not known stops the cloud, naming machine, state and field.
import type * as z from 'zod';
import { Refusal } from '../refusal.ts';
import { checkFlow } from './check.ts';
import { type Machine, machine } from './definition.ts';

const describe = (issue: z.core.$ZodIssue): string => {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : '';
  const states = issue.path.filter((_, index) => issue.path[index - 1] === 'States');
  const last = states.at(-1);
  const field = issue.path
    .slice(last === undefined ? 0 : issue.path.lastIndexOf(last) + 1)
    .map(String)
    .join('.');
  const where = last === undefined ? 'the machine' : `state "${String(last)}"`;
  return keys
    ? `${where}: ${[field, keys].filter(Boolean).join('.')} is not understood`
    : `${where}: ${field || 'Type'}: ${issue.message}`;
};

/** The definition as a machine that runs here. Throws WORKFLOW_NOT_UNDERSTOOD naming the state and the field. */
export function readDefinition(name: string, definition: unknown): Machine {
  const parsed = machine.safeParse(definition);
  const advice = 'Write it with what local/stepfunctions/definition.ts knows, or teach it there.';
  if (!parsed.success)
    throw new Refusal(
      'WORKFLOW_NOT_UNDERSTOOD',
      `State machine ${name}: ${parsed.error.issues.map(describe).join('; ')}. ${advice}`,
    );
  try {
    checkFlow(parsed.data);
  } catch (cause) {
    throw new Refusal('WORKFLOW_NOT_UNDERSTOOD', `State machine ${name}: ${(cause as Error).message}. ${advice}`, {
      cause,
    });
  }
  return parsed.data;
}
