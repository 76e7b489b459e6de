// In whose name a quote builds the calls it asks nobody.
import type { Asking } from '../reader/asking.ts';
import type { ModelPlan } from '../task/model-plan.ts';

/** There is no task yet: nothing is spent, and answers are looked for by project and content. */
export const askingFor = (project: string, { models }: ModelPlan): Asking => ({ project, task: 'quote', models });
