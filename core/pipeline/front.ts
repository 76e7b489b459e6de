// The front matter of all scripts of a project: what any of them tells of its people counts at every run.
import type { Extraction } from '../breakdown/schema.ts';
import type { EpisodeRow } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { loadRevision } from '../revision/store.ts';
import type { Document } from '../script/schema.ts';
import type { TaskRow } from '../task/store.ts';
import { remembered } from './cache.ts';

type Stored = { value: Extraction; key: string };

/** Extraction of the front matter of every script with episodes in the project and of the task's, as one episode 0, with its key. Each is cached. */
export async function frontMatter(ctx: Ctx, task: TaskRow, episodes: readonly EpisodeRow[]): Promise<Stored> {
  const { documentKey } = await loadRevision(ctx, task.script, task.revision);
  const fronts = await Promise.all(
    foldersOf(episodes, task.script, documentKey ?? '').map((folder) => told(ctx, task.project, folder)),
  );
  const [only, ...others] = fronts;
  if (only && others.length === 0) return only;
  const keys = fronts.map(({ key }) => key);
  return remembered<Extraction>(ctx, task.project, 'extract', ['fronts', keys], () => ({
    value: joined(fronts.map(({ value }) => value)),
  }));
}

/** Folders of the documents: of each script the newest revision its episodes are of, of this one the revision at work; by first episode. */
export function foldersOf(episodes: readonly EpisodeRow[], script: string, documentKey: string): string[] {
  const newest = new Map<string, EpisodeRow>();
  for (const row of episodes.toSorted((a, b) => a.number - b.number))
    if (row.revision > (newest.get(row.script)?.revision ?? 0)) newest.set(row.script, row);
  const folders = new Map([...newest].map(([id, row]) => [id, row.documentKey.replace(/\/[^/]*$/, '')]));
  return [...new Set(folders.set(script, documentKey).values())];
}

async function told(ctx: Ctx, project: string, folder: string): Promise<Stored> {
  const front = await getJson<Document>(ctx, `${folder}/front.json`);
  return remembered<Extraction>(ctx, project, 'extract', ['front', front?.biographies, front?.synopsis], async () => {
    return { value: (await import('./extraction.ts')).frontIn(front) };
  });
}

/** Front matter of several scripts as one episode 0; of one it is what it is. Pure. */
export function joined(fronts: readonly Extraction[]): Extraction {
  const [only, ...others] = fronts;
  if (only && others.length === 0) return only;
  return {
    episode: 0,
    mentions: fronts.flatMap(({ mentions }) => mentions),
    hints: fronts.flatMap(({ hints }) => hints),
    biographies: fronts.flatMap(({ biographies = [] }) => biographies),
  };
}
