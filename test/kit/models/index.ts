// The model server for tests: it lies with the scripts, where `npm start` finds it too.
export type { Reply } from '../../../scripts/models/answer.ts';
export type { Raw } from '../../../scripts/models/behaviour.ts';
export type { Asked } from '../../../scripts/models/protocol.ts';
export { geminiRule, reducedRule, strictRule } from '../../../scripts/models/rules.ts';
export { type LoggedCall, type Models, type ModelsOptions, startModels } from '../../../scripts/models/server.ts';
