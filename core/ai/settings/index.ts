// The gateway's verbs: providers, a tenant's own keys, models, its policy, its prompts, what it used.
import { house } from '../prompts/house.ts';
import { promptVerbs } from '../prompts/verbs.ts';

export { addKey } from '../keys/add.ts';
export { listKeys, removeKey, rotateKey, updateKey } from '../keys/change.ts';
export { testKey } from '../keys/probe.ts';
export { usageOfDays } from '../usage/read.ts';
export { health } from './health.ts';
export { listModels } from './models.ts';
export { getPolicy, setPolicy } from './policy.ts';
export { listProviders } from './providers.ts';
export { getUse, setUse } from './use.ts';

export const { listPrompts, getPrompt, listEditions, setPrompt, rollBackPrompt } = promptVerbs(house);
