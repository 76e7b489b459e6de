// The gateway to models, as the pipeline and the settings see it.
export { type Ai, type AiCtx, type ModelChoice, withAi } from './ai.ts';
export { type Budget, budgetOf, openingBudget, setCap } from './budget.ts';
export type { By, ObjectCall, ObjectOutcome, Pieces, Prompted, Use, Work } from './call.ts';
export { type FittedElement, type FittedScene, fit, halved, leastRoom, type Part, type Room } from './fit.ts';
export { addKey } from './keys/add.ts';
export { listKeys, removeKey, rotateKey, updateKey } from './keys/change.ts';
export { envelope } from './keys/envelope.ts';
export { kmsKeys } from './keys/kms.ts';
export { testKey } from './keys/probe.ts';
export { secretReader } from './keys/secrets.ts';
export { object } from './object.ts';
export { getPolicy, setPolicy } from './policy.ts';
export { sleep } from './sleep.ts';
export { type StreamCall, type StreamOutcome, stream } from './stream.ts';
export { total } from './usage/total.ts';
