import { finish } from '../../../core/pipeline/finish.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(finish);
