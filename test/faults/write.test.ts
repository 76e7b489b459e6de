import { writingSteps } from '../kit/faults/write.ts';
import { describeFaults } from './cells.ts';

describeFaults(writingSteps.outline, ['strict', 'passing'], 3);
describeFaults(writingSteps.write, ['passing', 'strict'], 0);
