import { storyboard } from '../../../core/pipeline/storyboard.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(storyboard);
