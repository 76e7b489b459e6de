// The gateway to models, as the pipeline sees it.
export { type Ai, type AiCtx, type ModelChoice, withAi } from './ai.ts';
export type { AddressRules } from './base-url.ts';
export { type Budget, budgetOf, capping, openingBudget } from './budget.ts';
export type { By, ObjectCall, ObjectOutcome, Pieces, Prompted, StreamCall, StreamOutcome, Use, Work } from './call.ts';
export { type FittedElement, type FittedScene, fit, halved, leastRoom, type Part, type Room } from './fit.ts';
export { guardedFetch } from './guarded-fetch.ts';
export { envelope } from './keys/envelope.ts';
export { kmsKeys } from './keys/kms.ts';
export { secretReader } from './keys/secrets.ts';
export { modelsFor, namedModel } from './named.ts';
export { object } from './object.ts';
export { CalledProvider } from './policy.ts';
export { blanksOf, type PromptSource } from './prompts/prompt.ts';
export { promptFor, type Wording, wordingOf } from './prompts/store.ts';
export { type Expected, type Quote, quote } from './quote.ts';
export { sleep } from './sleep.ts';
export { stream } from './stream.ts';
export { total } from './usage/total.ts';
