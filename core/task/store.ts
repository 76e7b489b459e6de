// How a task is kept: its row, and the claim that keeps one project to one piece of work at a time.
import { Entity } from 'electrodb';
import type { ModelChoice } from '../ai/planning.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { type Locale, notFound } from '../platform/failure.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';
import { everything } from '../platform/page.ts';
import { within } from '../platform/reach.ts';
import { because, type Reason, type Said, tell } from './said.ts';
import type { Task, TaskResult, TaskStatus, TaskType } from './schema.ts';

/** What was asked for: which episodes (empty = all of the script), how far, and whether finished parts are done again. */
export type Order = {
  readonly episodes: number[];
  readonly through: 'extract' | 'storyboard';
  /** Storyboards only: resolution and library stay as they are. */
  readonly storyboardOnly: boolean;
  /** Scene to compose again, alone. */
  readonly sceneId?: string;
  readonly rerun: boolean;
};

/** Where the brief of a piece of writing lies, and what it is written on: one piece of work at a time holds it. */
export type Commission = { readonly brief: string; readonly subject: string };

/** A finished step: `read`, `extract:3`, `resolve`, `snapshot`, `storyboard:3`; `plan`, `write:3`. Kept as a set, so that a repeated step counts once. */
export type Step = { readonly name: string; readonly cached: boolean };

/** A part of the work that could not be done, or not as it was asked for. */
export type FailedStep = { readonly episode: number; readonly step: string; readonly reason: Reason };

/** One attempt of a task: what an execution of the machine works for. What a former attempt still says is not heard. */
export type Run = { readonly task: string; readonly attempt: number };

export type TaskRow = {
  tenant: string;
  id: string;
  type: TaskType;
  status: TaskStatus;
  project: string;
  script: string;
  revision: number;
  /** What a breakdown is to do; absent where something is written. */
  order?: Order | undefined;
  /** What is to be written; absent where a script is broken down. */
  commission?: Commission | undefined;
  /** Names of all steps of the work, known once the script is read. */
  planned: string[];
  steps: Step[];
  failed: FailedStep[];
  /** Parts that stand as the built-in engine's draft because the models failed. */
  drafts?: FailedStep[] | undefined;
  /** Parts of which a model said what could not be kept. */
  notices?: FailedStep[] | undefined;
  message: Said;
  /** Why it failed or was cancelled. */
  reason?: Reason | undefined;
  result?: TaskResult | undefined;
  estimatedTime: number;
  /** `builtin`: no model is asked; `auto`: those of the tenant's policy; or the provider that was named. */
  provider: string;
  /** The task's own plan of models; absent where the policy says. */
  models?: readonly ModelChoice[] | undefined;
  /** Millionths of CNY that models may cost; absent where none is asked. */
  cap?: number | undefined;
  attempt: number;
  seq: number;
  cancelRequested: boolean;
  requestedBy: string;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const TaskEntity = new Entity({
  model: { entity: 'task', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    type: text,
    status: text,
    project: text,
    script: text,
    revision: number,
    order: { type: 'any' },
    commission: { type: 'any' },
    planned: json,
    steps: json,
    failed: json,
    drafts: { type: 'any' },
    notices: { type: 'any' },
    message: json,
    reason: { type: 'any' },
    result: { type: 'any' },
    estimatedTime: number,
    provider: text,
    models: { type: 'any' },
    cap: { type: 'number' },
    attempt: number,
    seq: number,
    cancelRequested: { type: 'boolean', required: true },
    requestedBy: text,
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'TASK#${id}', casing: 'none' } },
    all: {
      index: 'gsi1',
      pk: { field: 'gsi1pk', composite: ['tenant'], template: 'T#${tenant}#TASK', casing: 'none' },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
    ofProject: {
      index: 'gsi2',
      pk: {
        field: 'gsi2pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#TASK',
        casing: 'none',
      },
      sk: { field: 'gsi2sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

/** One row per project that is broken down, or thing that is written on, while work runs on it: a second start meets it and is refused. */
export const ClaimEntity = new Entity({
  model: { entity: 'claim', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, subject: text, task: text, at: number },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['subject'], template: 'WORKING#${subject}', casing: 'none' },
    },
  },
});

/** What a task works on, alone: the project, or the thing it writes on. */
export const subjectOf = ({ commission, project }: Pick<TaskRow, 'commission' | 'project'>): string =>
  commission?.subject ?? project;

/** The task that works on something now, or undefined. */
export async function claimOf(ctx: Ctx, subject: string): Promise<string | undefined> {
  const { data } = await ClaimEntity.get({ tenant: ctx.tenant, subject }).go({ ...ctx.stores.core, consistent: true });
  return data?.task;
}

/** The tasks that work on something now: all that runs. */
export async function claimed(ctx: Ctx): Promise<string[]> {
  const query = ClaimEntity.query.primary({ tenant: ctx.tenant }).begins({ subject: '' });
  return (await everything<{ task: string }>(ctx, query, ClaimEntity)).map(({ task }) => task);
}

/** Tasks of a project that have not ended, its own breakdown for certain and what began in the last moment perhaps not. */
export async function inProject(ctx: Ctx, project: string): Promise<Pick<TaskRow, 'id'>[]> {
  const query = TaskEntity.query
    .ofProject({ tenant: ctx.tenant, project })
    .where(({ status }, { eq }) => `${eq(status, 'pending')} OR ${eq(status, 'running')}`);
  const [claimed, listed] = await Promise.all([claimOf(ctx, project), everything<TaskRow>(ctx, query, TaskEntity)]);
  return [...new Set([...(claimed ? [claimed] : []), ...listed.map(({ id }) => id)])].map((id) => ({ id }));
}

/** The task row, or undefined. */
export async function find(ctx: Ctx, id: string): Promise<TaskRow | undefined> {
  const { data } = await TaskEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data as TaskRow | null) ?? undefined;
}

/** The task row. Throws NOT_FOUND, for one of a project out of reach too; FORBIDDEN. */
export async function load(ctx: Ctx, id: string): Promise<TaskRow> {
  const row = await find(ctx, id);
  if (!row) throw notFound();
  within(ctx, row.project);
  return row;
}

/** The next state of a task, on condition that nobody changed it meanwhile. @param now its time, where it is answered too */
export const saving = (ctx: Ctx, before: TaskRow, next: Partial<TaskRow>, now = ctx.now()): Write =>
  putting(
    ctx.stores.core,
    TaskEntity.put({ ...before, ...next, version: before.version + 1, updatedAt: now }).where(({ version }, { eq }) =>
      eq(version, before.version),
    ),
  );

/** A task as the API shows it. */
export const shown = ({ reason, ...row }: TaskRow, locale: Locale): Task => ({
  ...row,
  projectId: row.project,
  scriptId: row.script,
  progress: progressOf(row),
  message: tell(row.message, locale),
  failed: row.failed.map((part) => shownPart(part, locale)),
  drafts: (row.drafts ?? []).map((part) => shownPart(part, locale)),
  notices: (row.notices ?? []).map((part) => shownPart(part, locale)),
  models: [...(row.models ?? [])],
  cap: row.cap ?? null,
  errorCode: reason?.code ?? null,
  errorMessage: reason ? because(reason, locale) : null,
  result: row.result ?? null,
});

const shownPart = ({ episode, step, reason }: FailedStep, locale: Locale) => ({
  episode,
  step,
  code: reason.code,
  message: because(reason, locale),
});

const weights: Record<string, number> = {
  read: 5,
  extract: 2,
  resolve: 8,
  snapshot: 1,
  storyboard: 3,
  plan: 3,
  write: 4,
};
const weight = (name: string) => weights[name.split(':')[0] ?? ''] ?? 1;

/** 0–100: the weight of finished steps among the planned ones; 100 only when ended well. */
export function progressOf({
  status,
  planned,
  steps,
  failed,
}: Pick<TaskRow, 'status' | 'planned' | 'steps' | 'failed'>): number {
  if (status === 'completed' || status === 'partial') return 100;
  if (planned.length === 0) return 0;
  const finished = new Set([...steps.map(({ name }) => name), ...failed.map((part) => `${part.step}:${part.episode}`)]);
  const total = planned.reduce((sum, name) => sum + weight(name), 0);
  const done = planned.reduce((sum, name) => sum + (finished.has(name) ? weight(name) : 0), 0);
  return Math.min(99, Math.floor((100 * done) / total));
}
