export { callback } from './callback.ts';
export { chunk } from './chunk.ts';
export { url } from './link.ts';
export { abandonUploads, purgeFile, purgeProject } from './purge.ts';
export { remove } from './remove.ts';
export { load, mustBeStored, unusing, using } from './store.ts';
export { closeForgotten } from './sweep.ts';
export { upload } from './upload.ts';
export { usage } from './usage.ts';
