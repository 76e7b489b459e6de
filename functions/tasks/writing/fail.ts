import { fail } from '../../../core/pipeline/writing/fail.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(fail);
