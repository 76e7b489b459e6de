// The first thing every npm script runs: stops with a clear text unless this is Node 24, then imports the script named.
// Plain JavaScript, so that an older Node can read it and say what is wrong.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [major] = process.versions.node.split('.');
if (major !== '24') {
  console.error(
    `Scriptloom runs on Node 24; this is Node ${process.versions.node}.\n` +
      'Node 24 comes with the dependencies: run `npm ci` in this folder, then start the command through npm (`npm run …`, `npm test`).\n' +
      'If it still says so, your platform has no packaged Node 24: install Node 24 from https://nodejs.org and try again.',
  );
  process.exit(1);
}
const target = process.argv[2];
if (target) {
  process.argv.splice(1, 2, resolve(target));
  await import(pathToFileURL(process.argv[1]).href);
}
