// What is counted against a plan: each metric, its limit, and the period it is counted in. Pure.
import { type Words, words } from '../../platform/words.ts';
import type { Limits } from '../plans.ts';

export const metrics = ['ai_calls', 'storage', 'members', 'projects', 'mcp_services'] as const;
export type Metric = (typeof metrics)[number];

/** What is there, and not what was done in a month: counted with the rows it counts, in their transactions. */
export type Standing = Exclude<Metric, 'ai_calls'>;
export const standing = metrics.filter((metric): metric is Standing => metric !== 'ai_calls');

const megabyte = 1024 * 1024;

/** The limit of a metric; storage in bytes. */
export function limitOf(metric: Metric, limits: Limits): number {
  switch (metric) {
    case 'ai_calls':
      return limits.aiCalls;
    case 'storage':
      return limits.storageMb * megabyte;
    case 'members':
      return limits.members;
    case 'projects':
      return limits.projects;
    case 'mcp_services':
      return limits.mcpServices;
  }
}

/** The calendar month of a time (UTC): `2026-11`. */
export const monthOf = (now: number): string => new Date(now).toISOString().slice(0, 7);

/** The period a metric is counted in: its month, or `always`. */
export const periodOf = (metric: Metric, now: number): string => (metric === 'ai_calls' ? monthOf(now) : 'always');

/** Epoch ms at which counting begins anew; undefined where it goes on. */
export function periodEnd(metric: Metric, now: number): number | undefined {
  if (metric !== 'ai_calls') return undefined;
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Hundredths with one decimal; all of nothing is used. */
export const shareOf = (used: number, limit: number): number =>
  limit === 0 ? 100 : Math.round((used / limit) * 1000) / 10;

/** How people call a metric. */
export const nameOf: Readonly<Record<Metric, Words>> = {
  ai_calls: words('本月 AI 调用次数', 'AI calls of this month'),
  storage: words('存储空间（字节）', 'storage (bytes)'),
  members: words('成员名额', 'seats for members'),
  projects: words('项目数', 'projects'),
  mcp_services: words('MCP 服务数', 'MCP services'),
};

/** What helps when a metric is used up. */
export const adviceOf: Readonly<Record<Metric, Words>> = {
  ai_calls: words(
    '等到下个月，使用内置引擎，或升级套餐',
    'Wait for the next month, use the built-in engine, or upgrade',
  ),
  storage: words('删除不用的文件，或升级套餐', 'Delete files you do not need, or upgrade'),
  members: words('移除成员或撤回邀请，或升级套餐', 'Remove a member or withdraw an invitation, or upgrade'),
  projects: words('删除不用的项目，或升级套餐', 'Delete a project you do not need, or upgrade'),
  mcp_services: words('移除不用的 MCP 服务，或升级套餐', 'Remove an MCP service you do not need, or upgrade'),
};
