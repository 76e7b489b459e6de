export { extractAssets } from './extract-assets.ts';
export { generateShots } from './generate-shots.ts';
export { parseScript } from './parse-script.ts';
export { visualPrompt } from './visual-prompt.ts';
export { continueScript, generateScript, rewriteScript } from './writing.ts';
