import { finish } from '../../../core/pipeline/writing/finish.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(finish);
