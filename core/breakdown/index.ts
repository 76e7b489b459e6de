// Breakdown: what a script names, quoted line by line, and who and what is one. Pure; runs without any model.
export { Collector, spotOf } from './extract/collect.ts';
export { extractDocument, extractEpisode, extractFrontMatter } from './extract/extract.ts';
export { FormFinder } from './extract/form-finder.ts';
export { KnownForms, knownForms } from './extract/known-forms.ts';
export { wornBy } from './extract/looks.ts';
export { verbatim } from './extract/verbatim.ts';
export { verifyQuotes, wordsIn } from './extract/verify-quotes.ts';
export { namesSomebody } from './forms/names-somebody.ts';
export { normalForm } from './forms/normal.ts';
export { type Prediction, predictionOf } from './prediction.ts';
export type { Doubt, DoubtSide } from './resolve/doubt.ts';
export { doubts } from './resolve/doubts.ts';
export type { Opinion } from './resolve/opinion.ts';
export { PriorDecision } from './resolve/prior.ts';
export { resolve } from './resolve/resolve.ts';
