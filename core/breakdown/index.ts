// Breakdown: what a script names, quoted line by line, and who and what is one. Pure; runs without any model.
export { extractDocument, extractEpisode, extractFrontMatter } from './extract/extract.ts';
export { KnownForms, knownForms } from './extract/known-forms.ts';
export { verifyQuotes } from './extract/verify-quotes.ts';
export { type Prediction, predictionOf } from './prediction.ts';
export { PriorDecision } from './resolve/prior.ts';
export { resolve } from './resolve/resolve.ts';
