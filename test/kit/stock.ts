// A project with one of everything in it, on the services of a suite.
import type { AiCtx } from '../../core/ai/ai.ts';
import * as Asset from '../../core/asset/index.ts';
import * as Comment from '../../core/comment/index.ts';
import * as Episode from '../../core/episode/index.ts';
import * as File from '../../core/file/index.ts';
import { joining } from '../../core/member/store.ts';
import { commit } from '../../core/platform/commit.ts';
import * as Project from '../../core/project/index.ts';
import * as Script from '../../core/revision/index.ts';
import * as Shot from '../../core/shot/index.ts';
import * as Snapshot from '../../core/snapshot/index.ts';
import { drama } from './drama.ts';
import { first, type Ids } from './requests.ts';
import { aBreakdown } from './run.ts';

/** One of everything in a project, and its ids by the noun that paths name it with. */
export async function aStock(ctx: AiCtx): Promise<Ids> {
  const { project: projectId, task } = await aBreakdown(ctx, '雨巷', drama);
  const { items: people } = await Asset.list(ctx, { projectId, kind: 'character', size: 100 });
  const many = people.find(({ forms }) => forms.length > 1);
  if (!many) throw new Error('nobody has two names');
  await Asset.split(ctx, { id: many.id, forms: many.aliases.slice(0, 1) });
  const { fileId } = await File.upload(ctx, {
    projectId,
    fileName: 'a.txt',
    fileType: 'script',
    fileSize: 10,
    contentType: 'text/plain',
  });
  const [changes, decisions, snapshots, episodes] = await Promise.all([
    Asset.changes(ctx, { projectId }),
    Asset.decisions(ctx, { projectId, status: 'rejected' }),
    Snapshot.list(ctx, { projectId }),
    Episode.list(ctx, { projectId }),
  ]);
  const episode = first(episodes.items).id;
  const board = await Shot.ofEpisode(ctx, { id: episode });
  const { items: shots } = await Shot.shots(ctx, { id: board.id });
  const comment = await Comment.add(ctx, { subjectId: episode, text: '这里慢一点' });
  const deleted = await Comment.add(ctx, { subjectId: episode, text: '不说了' });
  await Comment.remove(ctx, { id: deleted.id });
  const member = { id: 'usr-viewer', email: 'viewer@example.com', name: '观众', role: 'viewer' as const };
  await commit(ctx, { rows: joining(ctx, member) });
  const goneScript = await Script.create(ctx, { projectId, rawText: drama, title: '旧稿' });
  await Script.remove(ctx, { id: goneScript.id });
  const gone = await Project.create(ctx, { title: '旧剧' });
  await Project.remove(ctx, { id: gone.id });
  const ended = await Project.create(ctx, { title: '弃剧' });
  await Project.remove(ctx, { id: ended.id });
  return {
    projects: projectId,
    deletedProject: gone.id,
    endedProject: ended.id,
    deletedScript: goneScript.id,
    tasks: task.id,
    scripts: task.scriptId,
    episodes: episode,
    assets: first(people).id,
    otherAsset: first(people.slice(1)).id,
    'asset-decisions': first(decisions.items).id,
    'asset-changes': first(changes.items).id,
    snapshots: first(snapshots.items).id,
    storyboards: board.id,
    shots: first(shots).id,
    otherShot: first(shots.slice(1)).id,
    element: first(first(shots).elementIds),
    url: fileId,
    file: fileId,
    comments: comment.id,
    deletedComment: deleted.id,
    member: member.id,
  };
}
