import { breakdownSteps } from '../kit/faults/breakdown.ts';
import { describeFaults } from './cells.ts';

describeFaults(breakdownSteps.resolve, ['drafts', 'passing', 'strict'], 1);
