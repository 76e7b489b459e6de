// Outside material that tests may read when it lies beside the checkout; suites that use it skip when it is absent.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../shared');

/** Absolute path of the folder beside the checkout, or undefined. */
export const shared: string | undefined = existsSync(folder) ? folder : undefined;
