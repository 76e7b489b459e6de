import { resolve } from '../../../core/pipeline/resolve.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(resolve);
