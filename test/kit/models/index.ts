// The model server for tests: it lies with the scripts, where `npm start` finds it too.
export { geminiRule, reducedRule, strictRule } from '../../../scripts/models/rules.ts';
export { type Models, startModels } from '../../../scripts/models/server.ts';
