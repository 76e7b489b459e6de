import { read } from '../../../core/pipeline/read.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(read);
