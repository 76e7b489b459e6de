import { storyboard } from '../../../core/pipeline/storyboard.ts';
import { askingHandler } from '../../runtime/asking.ts';

export const handler = askingHandler(storyboard);
