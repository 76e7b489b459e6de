export { cancel, stopIn } from './cancel.ts';
export { extractAssets } from './extract-assets.ts';
export { generateShots } from './generate-shots.ts';
export { get } from './get.ts';
export { list } from './list.ts';
export { parseScript } from './parse-script.ts';
export { retry } from './retry.ts';
export { ended } from './schema.ts';
export { find } from './store.ts';
