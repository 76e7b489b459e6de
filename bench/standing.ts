// A local cloud in a process of its own, for as long as a measure needs it.
import { type ChildProcess, fork } from 'node:child_process';

export type Standing = { readonly apiUrl: string; readonly pid: number; readonly stop: () => Promise<void> };

/** Boots the cloud of an assembly with its state in a folder. Throws when it does not stand. */
export const standing = (state: string, assembly = 'cdk.out'): Promise<Standing> =>
  new Promise((resolve, reject) => {
    const stdio: ('ignore' | 'inherit' | 'ipc')[] = ['ignore', 'ignore', 'inherit', 'ipc'];
    const child = fork('bench/stub/boot.ts', [state, assembly], { execArgv: [], stdio });
    child.once('message', (apiUrl: string) => resolve({ apiUrl, pid: child.pid ?? 0, stop: () => stopped(child) }));
    child.once('exit', () => reject(new Error('the local cloud did not start')));
  });

async function stopped(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.send('stop');
  await gone;
}
