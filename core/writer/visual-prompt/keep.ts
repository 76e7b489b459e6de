// Prompts go into the asset or the shot: one commit each, with its audit line and fact. What a person wrote or locked meanwhile stays.

import { isDeepStrictEqual } from 'node:util';
import { find, saving as savingAsset } from '../../asset/store.ts';
import type { PromptBy } from '../../breakdown/schema.ts';
import { again } from '../../platform/again.ts';
import { commit, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Fact } from '../../platform/event.ts';
import { promptFields } from '../../shot/prompted.ts';
import { findShot, readBoardId, savingShot } from '../../shot/store.ts';
import type { Texts } from './answer.ts';
import type { PromptBrief } from './brief.ts';
import { isHeld } from './choose.ts';
import { assetAfter, shotAfter } from './lay.ts';
import type { Subject } from './subject.ts';

/** `gone`: deleted since; `held`: a person's. */
export type Kept = 'written' | 'same' | 'held' | 'gone';

type Written = { readonly texts: Texts; readonly by: PromptBy; readonly brief: PromptBrief };

/** Whoever else changes the row at the same moment is not written over: it is read again. */
export const keep = (ctx: Ctx, { id, kind }: Pick<Subject, 'id' | 'kind'>, written: Written): Promise<Kept> =>
  again(() => (kind === 'asset' ? keepAsset(ctx, id, written) : keepShot(ctx, id, written)));

async function keepAsset(ctx: Ctx, id: string, { texts, by, brief }: Written): Promise<Kept> {
  const before = await find(ctx, id);
  if (before?.status !== 'active') return 'gone';
  if (isHeld(before, brief)) return 'held';
  const attributes = assetAfter(before.attributes, texts);
  if (before.promptBy === by && isDeepStrictEqual(attributes, before.attributes)) return 'same';
  await put(ctx, {
    id,
    project: before.project,
    row: savingAsset(ctx, before, { attributes, promptBy: by }),
    before: { attributes: before.attributes },
    after: { attributes },
    fact: { type: 'asset.updated', subject: id, project: before.project, detail: { fields: ['attributes'] } },
  });
  return 'written';
}

async function keepShot(ctx: Ctx, id: string, { texts, by, brief }: Written): Promise<Kept> {
  const before = await findShot(ctx, id);
  if (!before) return 'gone';
  if (isHeld(before, brief)) return 'held';
  const content = shotAfter(before.content, texts);
  const fields = promptFields.filter((field) => !isDeepStrictEqual(content[field], before.content[field]));
  if (before.promptBy === by && fields.length === 0) return 'same';
  const said = (of: typeof content) => Object.fromEntries(fields.map((field) => [field, of[field] ?? null]));
  const { project } = readBoardId(before.board);
  await put(ctx, {
    id,
    project,
    row: savingShot(ctx, before, { content, promptBy: by }),
    before: said(before.content),
    after: said(content),
    fact: { type: 'shot.updated', subject: before.board, project, detail: { shot: id, fields } },
  });
  return 'written';
}

type Change = {
  readonly id: string;
  readonly project: string;
  readonly row: Write;
  readonly before: Record<string, unknown>;
  readonly after: Record<string, unknown>;
  readonly fact: Fact;
};

const put = (ctx: Ctx, { id, project, row, before, after, fact }: Change): Promise<void> =>
  commit(ctx, { rows: [row], audit: { object: id, project, before, after }, facts: [fact] });
