import { writingSteps } from '../kit/faults/write.ts';
import { describeFaults } from './cells.ts';

describeFaults(writingSteps.outline, ['strict', 'passing']);
describeFaults(writingSteps.write, ['passing', 'strict']);
