// A task: one piece of background work with progress, cost and result.
import * as z from 'zod';
import { PageInput, pageOf } from '../platform/page.ts';

/** Work that models write; the others read what is there. */
export const WritingType = z.enum(['script_generate', 'script_rewrite', 'script_continue', 'visual_prompt']);
export type WritingType = z.infer<typeof WritingType>;

export const TaskType = z.enum(['script_parse', 'asset_extract', 'shot_generate', ...WritingType.options]);
export type TaskType = z.infer<typeof TaskType>;

/** partial: ended with some episodes failed; what succeeded is kept and the rest can be retried. */
export const TaskStatus = z.enum(['pending', 'running', 'completed', 'partial', 'failed', 'cancelled']);
export type TaskStatus = z.infer<typeof TaskStatus>;

export const ended: ReadonlySet<TaskStatus> = new Set(['completed', 'partial', 'failed', 'cancelled']);

/** One part of the work that could not be done: which episode, or which part where prompts are written (0 = the whole), at which step, and what to do. */
export const FailedPart = z.object({ episode: z.int(), step: z.string(), code: z.string(), message: z.string() });

/** What came of a breakdown, an extraction, a storyboard: of the episodes that were worked on. */
export const BreakdownResult = z.object({
  episodes: z.int(),
  scenes: z.int(),
  assets: z.int(), // of the library that occur there
  waiting: z.int(), // merge proposals of the project that wait for a person
  shots: z.int().optional(), // none of an extraction, which makes none
  snapshotId: z.string().nullable(),
  cached: z.object({ extract: z.int(), storyboard: z.int() }),
  warnings: z.int(),
});
export type BreakdownResult = z.infer<typeof BreakdownResult>;

/** What came of writing a script. */
export const ScriptResult = z.object({
  scriptId: z.string(),
  /** The revision that holds what was written. */
  revision: z.int(),
  /** Episodes that were written, in part or whole, and how many were asked for. */
  written: z.int(),
  asked: z.int(),
  /** UTF-16 units of what was written. */
  characters: z.int(),
});

export type ScriptResult = z.infer<typeof ScriptResult>;

/** What came of writing prompts. */
export const PromptResult = z.object({
  /** How many assets and shots were to have prompts; those that have them, and those where a draft stands for it. */
  asked: z.int(),
  written: z.int(),
  drafted: z.int(),
  /** Left as they were, for people locked them or wrote them. */
  kept: z.int(),
});

export const TaskResult = z.union([BreakdownResult, ScriptResult, PromptResult]);
export type TaskResult = z.infer<typeof TaskResult>;

/** A task as the API shows it. */
export const Task = z.object({
  id: z.string(),
  type: TaskType,
  status: TaskStatus,
  projectId: z.string(),
  /** A new script's is known before there is one: it is there when the result names it. */
  scriptId: z.string(),
  progress: z.int().min(0).max(100),
  message: z.string(),
  errorMessage: z.string().nullable(),
  errorCode: z.string().nullable(),
  failed: z.array(FailedPart),
  /** Parts that stand as the built-in engine's draft because the models failed; a retry asks them again. */
  drafts: z.array(FailedPart),
  /** Parts that are done, of which a model also said what could not be kept: worth a look. */
  notices: z.array(FailedPart),
  result: TaskResult.nullable(),
  /** Seconds it will probably take, told at the start. */
  estimatedTime: z.int(),
  /** Number of the latest progress event; a client that reconnects asks for what came after. */
  seq: z.int(),
  provider: z.string(),
  /** Models that were named, in order; empty where the tenant's policy says. */
  models: z.array(z.object({ provider: z.string(), model: z.string() })),
  /** Millionths of CNY that models may cost; null where none is asked. */
  cap: z.int().nullable(),
  attempt: z.int(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Task = z.infer<typeof Task>;

/** What a start answers at once. */
export const Started = z.object({
  taskId: z.string(),
  status: z.literal('pending'),
  message: z.string(),
  estimatedTime: z.int(),
});

export const TaskId = z.object({ id: z.string().max(60) });

/** Millionths of CNY. */
export const Cap = z.int().min(0).max(10_000_000_000);

/** `cap`: another one from now on, for work that stopped at the old one. */
export const RetryTask = TaskId.extend({ cap: Cap.optional() });
export const ListTasks = PageInput.extend({ projectId: z.string().max(60).optional(), status: TaskStatus.optional() });
export const TaskPage = pageOf(Task);
