import { breakdownSteps } from '../kit/faults/breakdown.ts';
import { describeFaults } from './cells.ts';

describeFaults(breakdownSteps.storyboard, ['passing', 'strict', 'drafts'], 2);
