import { breakdownSteps } from '../kit/faults/breakdown.ts';
import { describeFaults } from './cells.ts';

describeFaults(breakdownSteps.extract, ['strict', 'drafts', 'passing'], 0);
