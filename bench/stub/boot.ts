// A local cloud in a process of its own: says when it stands, and stops when told.
import { startCloud } from '../../local/cloud.ts';

const cloud = await startCloud({ assembly: process.argv[3] ?? 'cdk.out', state: process.argv[2] ?? '' });
process.send?.(cloud.apiUrl);
process.once('message', () => process.disconnect());
// told to stop, or whoever measures is gone
process.once('disconnect', () => cloud.stop());
