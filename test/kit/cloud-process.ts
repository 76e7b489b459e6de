// The local cloud in a process of its own: `node cloud-process.ts STATE` prints its addresses as one line of JSON and runs until its input ends.
import { startCloud } from '../../local/cloud.ts';

const cloud = await startCloud({ assembly: 'cdk.out', state: process.argv[2] ?? '' });
const { apiUrl, socketUrl, loginUrl, mailUrl, outputs, host } = cloud;
console.log(JSON.stringify({ apiUrl, socketUrl, loginUrl, mailUrl, outputs, host }));
// the input ends with the process that holds it, however that ends
process.stdin.resume().once('end', () => {
  void cloud.stop().then(() => process.exit(0));
});
