// What the prompts of a part are written from, read once: style, library, and for shots their episode.
import { getLibrary } from '../../asset/library.ts';
import { type Standing, standingIn } from '../../asset/standing.ts';
import { loadAll } from '../../asset/store.ts';
import { inScript, load, loadContent, loadAll as loadEpisodes } from '../../episode/store.ts';
import type { Ctx } from '../../platform/ctx.ts';
import * as Project from '../../project/index.ts';
import { followed } from '../../shot/followed.ts';
import { styleOf } from '../../storyboard/index.ts';
import type { PromptBrief } from './brief.ts';
import { isShot, type Row } from './choose.ts';
import { type Ground, groundOf } from './ground.ts';
import { assetSubject } from './of-asset.ts';
import { shotSubject } from './of-shot.ts';
import type { Subject } from './subject.ts';

export type Opened = { readonly ground: Ground; readonly standing: Standing };

/** @param number of the episode the shots are of; 0 for assets. Throws NOT_FOUND. */
export async function open(ctx: Ctx, project: string, number: number): Promise<Opened> {
  const [row, assets, library, standing, content] = await Promise.all([
    Project.load(ctx, project),
    loadAll(ctx, project),
    getLibrary(ctx, project),
    standingIn(ctx, project),
    contentOf(ctx, project, number),
  ]);
  const language = content?.document.language ?? (row.language.startsWith('en') ? 'en' : 'zh');
  const episode = number > 0 ? content?.episode : undefined;
  return { ground: groundOf(styleOf(row, language), assets, library, episode), standing };
}

/** The episode, or the first of the project, whose language is that of its assets. */
async function contentOf(ctx: Ctx, project: string, number: number) {
  if (number > 0) return loadContent(ctx, await load(ctx, project, number));
  const [first] = inScript(await loadEpisodes(ctx, project));
  return first && loadContent(ctx, first);
}

/** The rows as they are asked about. */
export const subjectsOf = (rows: readonly Row[], { ground, standing }: Opened, brief: PromptBrief): Subject[] =>
  rows.map((row) =>
    isShot(row)
      ? shotSubject(row.id, followed(row.content, standing), ground, brief)
      : assetSubject(row, ground, brief.languages),
  );
