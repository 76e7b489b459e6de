import { resolve } from '../../../core/pipeline/resolve.ts';
import { askingHandler } from '../../runtime/asking.ts';

export const handler = askingHandler(resolve);
