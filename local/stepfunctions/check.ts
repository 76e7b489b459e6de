// What the schema of a definition cannot say: every target exists, every path and intrinsic is one that runs here.
import { checkRule } from './choice.ts';
import type { Flow, State } from './definition.ts';
import { checkExpression } from './intrinsic.ts';

const ends = ['Choice', 'Succeed', 'Fail'];

const targets = (state: State): string[] => {
  const next = 'Next' in state && state.Next ? [state.Next] : [];
  if ('Catch' in state) next.push(...state.Catch.map((one) => one.Next));
  if (state.Type === 'Choice')
    next.push(...state.Choices.map((one) => one.Next), ...(state.Default ? [state.Default] : []));
  return next;
};

/** Every `"name.$"` of a payload template holds a path or an intrinsic. */
const checkTemplate = (template: unknown): void => {
  if (template === null || typeof template !== 'object') return;
  for (const [name, inner] of Object.entries(template)) {
    if (!name.endsWith('.$')) checkTemplate(inner);
    else if (typeof inner === 'string') checkExpression(inner);
    else throw new Error(`"${name}" must hold a path or an intrinsic function`);
  }
};

const checkExpressions = (state: State): void => {
  for (const [field, value] of Object.entries(state))
    if (field.endsWith('Path') && typeof value === 'string') checkExpression(value);
  for (const field of ['Parameters', 'ItemSelector', 'ResultSelector'])
    checkTemplate((state as Record<string, unknown>)[field]);
  if (state.Type === 'Choice') for (const { Next: _next, ...rule } of state.Choices) checkRule(rule);
};

const checkWay = (state: State): void => {
  const [goesOn, isEnd] = ['Next' in state && Boolean(state.Next), 'End' in state && Boolean(state.End)];
  if (!ends.includes(state.Type) && goesOn === isEnd) throw new Error('it must have exactly one of Next and End');
  if (state.Type !== 'Wait') return;
  const times = [state.Seconds, state.SecondsPath, state.Timestamp, state.TimestampPath];
  if (times.filter((one) => one !== undefined).length !== 1)
    throw new Error('it must have exactly one of Seconds, SecondsPath, Timestamp and TimestampPath');
};

/** Throws an Error naming the first state that could not run. */
export function checkFlow(flow: Flow): void {
  if (!(flow.StartAt in flow.States)) throw new Error(`StartAt "${flow.StartAt}" does not exist`);
  for (const [name, state] of Object.entries(flow.States)) {
    try {
      checkWay(state);
      checkExpressions(state);
      const missing = targets(state).find((target) => !(target in flow.States));
      if (missing !== undefined) throw new Error(`it goes on to "${missing}", which does not exist`);
    } catch (cause) {
      throw new Error(`state "${name}": ${(cause as Error).message}`, { cause });
    }
    if (state.Type === 'Map') checkFlow(state.ItemProcessor);
    if (state.Type === 'Parallel') state.Branches.forEach(checkFlow);
  }
}
