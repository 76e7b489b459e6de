// Starting to write scripts: apart from the other verbs of tasks, for they read the script that is written on.
export { continueBrief, continueScript } from './continue-script.ts';
export { generateBrief, generateScript } from './generate-script.ts';
export { rewriteBrief, rewriteScript } from './rewrite-script.ts';
