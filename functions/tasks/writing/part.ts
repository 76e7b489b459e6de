import { part } from '../../../core/pipeline/writing/part.ts';
import { askingHandler } from '../../runtime/asking.ts';

export const handler = askingHandler(part);
