// A script broken down, worked on by a person, revised, and broken down again.
import * as Episode from '../../core/episode/index.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import * as Script from '../../core/revision/index.ts';
import * as Shot from '../../core/shot/index.ts';
import type { Shot as ShotInfo } from '../../core/shot/schema.ts';
import { boardId, loadShots } from '../../core/shot/store.ts';
import * as Task from '../../core/task/index.ts';
import { aBreakdown, type Before, run } from './run.ts';

export class Production {
  readonly ctx: Ctx;
  readonly project: string;
  readonly script: string;

  constructor(ctx: Ctx, project: string, script: string) {
    [this.ctx, this.project, this.script] = [ctx, project, script];
  }

  static async of(ctx: Ctx, title: string, text: string): Promise<Production> {
    const { project, task } = await aBreakdown(ctx, title, text);
    if (task.status !== 'completed') throw new Error(`the breakdown ended ${task.status}: ${task.errorMessage}`);
    return new Production(ctx, project, task.scriptId);
  }

  /** Uploads the text as the next revision. */
  async upload(rawText: string): Promise<number> {
    return (await Script.revise(this.ctx, { id: this.script, rawText })).number;
  }

  /** Breaks the newest revision down. */
  async rerun(before?: Before) {
    const { taskId } = await Task.parseScript(this.ctx, {
      projectId: this.project,
      scriptId: this.script,
      rerun: true,
    });
    return run(this.ctx, taskId, before);
  }

  async revise(rawText: string) {
    await this.upload(rawText);
    return this.rerun();
  }

  async episodes() {
    return (await Episode.list(this.ctx, { projectId: this.project, size: 100 })).items;
  }

  async shots(episode: number): Promise<ShotInfo[]> {
    const id = boardId(this.project, episode);
    const shots: ShotInfo[] = [];
    let cursor: string | undefined;
    do {
      const page = await Shot.shots(this.ctx, { id, size: 100, ...(cursor !== undefined && { cursor }) });
      shots.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return shots;
  }

  /** The rows as they are kept, of every storyboard there may be. */
  async rows(episodes = 12) {
    const boards = Array.from({ length: episodes }, (_, i) => loadShots(this.ctx, boardId(this.project, i + 1)));
    return (await Promise.all(boards)).flat();
  }

  async board(episode: number) {
    return Shot.get(this.ctx, { id: boardId(this.project, episode) });
  }

  async coverage(episode: number) {
    return Shot.coverage(this.ctx, { id: boardId(this.project, episode) });
  }

  /** The shot that says or shows these words. */
  async shotOf(words: string, episodes = 12): Promise<ShotInfo> {
    for (let episode = 1; episode <= episodes; episode++) {
      const shots = await this.shots(episode).catch(() => []);
      const found = shots.find(
        ({ action, lines }) => action.includes(words) || lines.some(({ text }) => text.includes(words)),
      );
      if (found) return found;
    }
    throw new Error(`no shot has ${words}`);
  }

  async edit(words: string): Promise<ShotInfo> {
    const { id, version } = await this.shotOf(words);
    return Shot.update(this.ctx, { id, version, content: { lens: '40mm', focus: '她的手' } });
  }

  async lock(words: string): Promise<ShotInfo> {
    const { id } = await this.shotOf(words);
    return Shot.lock(this.ctx, { id, locked: true });
  }
}
