// The gateway's verbs: a tenant's own keys, its policy, its prompts, what it used. Their routes come with the settings.
export { addKey } from './keys/add.ts';
export { listKeys, removeKey, rotateKey, updateKey } from './keys/change.ts';
export { testKey } from './keys/probe.ts';
export { getPolicy, setPolicy } from './policy.ts';
export { promptVerbs } from './prompts/verbs.ts';
export { usageOfDays, usageOfTask } from './usage/read.ts';
