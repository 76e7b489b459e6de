import { extract } from '../../../core/pipeline/extract.ts';
import { askingHandler } from '../../runtime/asking.ts';

export const handler = askingHandler(extract);
