// The gateway to models, as those see it who ask: readers and quotes. What plans work with models is in planning.ts.
export type { AiCtx, ModelChoice } from './ai.ts';
export type { By, ObjectCall, ObjectOutcome, Pieces, Prompted, StreamCall, StreamOutcome, Use, Work } from './call.ts';
export { beginningOf, endingOf } from './fit/around.ts';
export { type FittedElement, type FittedScene, fit, halved, leastRoom, type Part, type Room } from './fit.ts';
export { estimateTokens } from './models.ts';
export { modelsFor } from './named.ts';
export { answered, object, peek } from './object.ts';
export { blanksOf, type PromptSource } from './prompts/prompt.ts';
export { promptFor, type Wording, wordingOf } from './prompts/store.ts';
export { type Expected, type ExpectedText, type Quote, type QuoteLine, quote } from './quote.ts';
export { stream } from './stream.ts';
