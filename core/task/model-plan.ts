// With which models a task works and what it may spend: settled when it is started, kept when it is retried.
import { CalledProvider, modelsFor, namedModel, type Use, withAi } from '../ai/planning.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { words } from '../platform/words.ts';
import * as Tenant from '../tenant/index.ts';
import type { Asked } from './order.ts';
import { type TaskType, WritingType } from './schema.ts';
import type { TaskRow } from './store.ts';

/** Kinds of work that a task's steps may ask models for. */
const usesOf: Readonly<Record<TaskType, readonly [Use, ...Use[]]>> = {
  script_parse: ['extract', 'resolve', 'storyboard'],
  asset_extract: ['extract', 'resolve'],
  shot_generate: ['storyboard'],
  script_generate: ['write'],
  visual_prompt: ['write'],
  script_rewrite: ['write'],
  script_continue: ['write'],
};

export type ModelPlan = Pick<TaskRow, 'provider' | 'models' | 'cap'>;

/**
 * The plan for what was asked: `builtin`, `auto` (the tenant's policy), or a provider. Who says nothing gets `auto` where a model is set up,
 * and the built-in engine otherwise, which writes no scripts. Throws WRITING_NEEDS_MODEL, PROVIDER_UNKNOWN, MODEL_NOT_CONFIGURED, INVALID_REQUEST, BUDGET_ZERO.
 */
export async function modelPlan(ctx: Ctx, type: TaskType, { provider, modelConfig, cap }: Asked): Promise<ModelPlan> {
  const isKnown = provider === undefined || ['builtin', 'auto', ...CalledProvider.options].includes(provider);
  if (!isKnown) throw new Failure('PROVIDER_UNKNOWN', { provider });
  if (provider === 'builtin' || (provider === undefined && !(await isSetUp(ctx, type)))) {
    if (needsModel(type)) throw new Failure('WRITING_NEEDS_MODEL');
    return { provider: 'builtin' };
  }
  const models = provider === undefined ? undefined : await chosen(ctx, type, provider, modelConfig?.text_model);
  if (cap === 0) throw new Failure('BUDGET_ZERO');
  const { plan } = await Tenant.load(ctx);
  return { provider: provider ?? 'auto', models, cap: cap ?? Tenant.planOf(plan).taskCap };
}

/** The engine writes prompts from what it knows, and nothing else. */
const needsModel = (type: TaskType): boolean =>
  type !== 'visual_prompt' && WritingType.options.some((writing) => writing === type);

async function chosen(ctx: Ctx, type: TaskType, provider: string, model: string | undefined) {
  const [use] = usesOf[type];
  if (provider !== 'auto' && 'ai' in ctx) return namedModel(withAi(ctx), use, CalledProvider.parse(provider), model);
  if (model)
    throw new Failure('INVALID_REQUEST', {
      reason: words('provider: 请写明模型属于哪个提供方', 'provider: name whose model it is'),
    });
  if (!(await isSetUp(ctx, type))) throw new Failure('MODEL_NOT_CONFIGURED', { use });
  return undefined;
}

/** Whether any of the work can be put to a model. A context without the gateway has none. */
async function isSetUp(ctx: Ctx, type: TaskType): Promise<boolean> {
  if (!('ai' in ctx)) return false;
  const found = await Promise.all(usesOf[type].map((use) => modelsFor(withAi(ctx), { use })));
  return found.some((models) => models.length > 0);
}
