// Starting to write scripts: apart from the other verbs of tasks, for they read the script that is written on.
export { continueScript } from './continue-script.ts';
export { generateScript } from './generate-script.ts';
export { rewriteScript } from './rewrite-script.ts';
