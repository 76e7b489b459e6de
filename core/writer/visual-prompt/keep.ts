// Prompts go into the asset or the shot: one commit each, with its audit line and fact. What a person wrote or locked meanwhile stays.

import { isDeepStrictEqual } from 'node:util';
import { find, saving as savingAsset } from '../../asset/store.ts';
import type { PromptBy } from '../../breakdown/schema.ts';
import { again } from '../../platform/again.ts';
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
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
  const names = Object.keys(attributes).filter((name) => attributes[name] !== before.attributes[name]);
  if (before.promptBy === by && names.length === 0) return 'same';
  const was = Object.fromEntries(names.map((name) => [name, before.attributes[name] ?? null]));
  const { project } = before;
  await commit(ctx, {
    rows: [savingAsset(ctx, before, { attributes, promptBy: by })],
    audit: { object: id, project, ...audited(before.promptBy, was, by) },
    facts: [{ type: 'asset.updated', subject: id, project, detail: { fields: ['attributes'] } }],
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
  const was = Object.fromEntries(fields.map((field) => [field, before.content[field] ?? null]));
  const { project } = readBoardId(before.board);
  await commit(ctx, {
    rows: [savingShot(ctx, before, { content, promptBy: by })],
    audit: { object: id, project, ...audited(before.promptBy, was, by) },
    facts: [{ type: 'shot.updated', subject: before.board, project, detail: { shot: id, fields } }],
  });
  return 'written';
}

/** Who wrote which fields in whose place. A person's words that are written over stand in it; what was made can be made again. */
const audited = (byBefore: PromptBy | undefined, was: Record<string, unknown>, by: PromptBy) => ({
  before: { promptBy: byBefore ?? null, ...(byBefore === 'person' && was) },
  after: { promptBy: by, fields: Object.keys(was) },
});
