import { snapshot } from '../../../core/pipeline/snapshot.ts';
import { stepHandler } from '../../runtime/task.ts';

export const handler = stepHandler(snapshot);
