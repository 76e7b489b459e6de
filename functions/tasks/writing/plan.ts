import { plan } from '../../../core/pipeline/writing/plan.ts';
import { askingHandler } from '../../runtime/asking.ts';

export const handler = askingHandler(plan);
