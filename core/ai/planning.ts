// The gateway as those see it who plan work with models and ask none: apart from what asks, so that they need not carry it.
export { type Ai, type AiCtx, type ModelChoice, withAi } from './ai.ts';
export type { AddressRules } from './base-url.ts';
export { budgetOf, capping, openingBudget } from './budget.ts';
export { type Use, uses } from './call.ts';
export { guardedFetch } from './guarded-fetch.ts';
export { envelope } from './keys/envelope.ts';
export { kmsKeys } from './keys/kms.ts';
export { secretReader } from './keys/secrets.ts';
export { modelsFor, namedModel } from './named.ts';
export { CalledProvider } from './policy.ts';
export { sleep } from './sleep.ts';
export { Usage, usageOfTask } from './usage/of-task.ts';
