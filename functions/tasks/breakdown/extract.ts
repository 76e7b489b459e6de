import { extract } from '../../../core/pipeline/extract.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(extract);
