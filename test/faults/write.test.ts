import { writeStep } from '../kit/faults/write.ts';
import { describeFaults } from './cells.ts';

describeFaults(writeStep, ['strict', 'passing']);
