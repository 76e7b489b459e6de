// Writing one part: asked, settled, and laid into its assets or shots.
import { modelsFor, wordingOf } from '../../ai/index.ts';
import { withAi } from '../../ai/planning.ts';
import { visualPrompt } from '../../ai/prompts/visual-prompt.v1.ts';
import { find } from '../../asset/store.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Asking } from '../../reader/asking.ts';
import { findShot } from '../../shot/store.ts';
import type { StyleOptions } from '../../storyboard/index.ts';
import type { Texts } from './answer.ts';
import { type Asked, ask, recalled } from './ask.ts';
import type { PromptBrief } from './brief.ts';
import { builtinTexts, fillingOnly } from './builtin.ts';
import type { Questions } from './call.ts';
import type { Row } from './choose.ts';
import { type Kept, keep } from './keep.ts';
import { type Opened, open, subjectsOf } from './open.ts';
import type { PromptPart } from './plan-schema.ts';
import { settled } from './settle.ts';
import type { Subject } from './subject.ts';

export type WrittenPrompts = {
  /** Texts as they were kept, by name of asset or shot. */
  readonly texts: readonly { readonly name: string; readonly texts: Texts }[];
  /** How many subjects have prompts of this work, stand as the engine's draft, and were held by people since they were chosen. */
  readonly written: number;
  readonly drafted: number;
  readonly held: number;
  /** Nobody was asked. */
  readonly cached: boolean;
  /** Why some are drafts. */
  readonly draft?: Failure | undefined;
  /** Why some are nothing, after all others are kept. */
  readonly failure?: unknown;
};

/** @param asking absent: the engine writes. */
export async function writtenPart(
  ctx: Ctx,
  project: string,
  part: PromptPart,
  brief: PromptBrief,
  asking?: Asking,
): Promise<WrittenPrompts> {
  const [opened, rows] = await Promise.all([open(ctx, project, part.episode), rowsOf(ctx, part)]);
  const subjects = subjectsOf(rows, opened, brief);
  const { style } = opened.ground;
  const { texts, because, failure, cached } = asking
    ? await asked(ctx, { asking, style, wish: brief.wish }, subjects)
    : { ...engine(rows, subjects, opened), cached: true };
  const lay = (subject: Subject, of: Texts, by: 'model' | 'builtin') => keep(ctx, subject, { texts: of, by, brief });
  const kept: Kept[] = [];
  for (const [subject, of] of texts) kept.push(await lay(subject, of, asking ? 'model' : 'builtin'));
  const drafts = because ? subjects.filter((subject) => !texts.has(subject)) : [];
  for (const subject of drafts) {
    const row = rows.find(({ id }) => id === subject.id);
    const filling = row && fillingOnly(builtinTexts(row, subject, opened), row);
    if (filling && Object.keys(filling).length > 0) await lay(subject, filling, 'builtin');
  }
  const count = (of: Kept) => kept.filter((one) => one === of).length;
  return {
    texts: [...texts].map(([subject, of]) => ({ name: nameOf(rows, subject), texts: of })),
    written: count('written') + count('same'),
    drafted: drafts.length,
    held: count('held'),
    cached,
    draft: because,
    failure,
  };
}

const nameOf = (rows: readonly Row[], { id }: Subject): string => {
  const row = rows.find((one) => one.id === id);
  return row === undefined ? '' : 'board' in row ? row.content.title : row.name;
};

/** The rows of a part that are still there, in order. */
async function rowsOf(ctx: Ctx, { episode, ids }: PromptPart): Promise<Row[]> {
  const found = await Promise.all(ids.map((id) => (episode === 0 ? activeAsset(ctx, id) : findShot(ctx, id))));
  return found.flatMap((row) => row ?? []);
}

async function activeAsset(ctx: Ctx, id: string): Promise<Row | undefined> {
  const row = await find(ctx, id);
  return row?.status === 'active' ? row : undefined;
}

const engine = (rows: readonly Row[], subjects: readonly Subject[], opened: Opened): Asked => ({
  texts: new Map(subjects.map((subject, at) => [subject, builtinTexts(rows[at]!, subject, opened)] as const)),
});

/** Questions in the tenant's own words where it has some. */
export async function questionsFor(ctx: Ctx, on: Omit<Questions, 'wording'>): Promise<Questions> {
  return { ...on, wording: await wordingOf(ctx, visualPrompt) };
}

async function asked(
  ctx: Ctx,
  on: { readonly asking: Asking; readonly style: StyleOptions; readonly wish: string },
  subjects: readonly Subject[],
): Promise<Asked & { readonly cached: boolean }> {
  const ai = withAi(ctx);
  const questions = await questionsFor(ctx, on);
  const models = await modelsFor(ai, { use: 'write', models: on.asking.models });
  const known = await recalled(ai, questions, subjects, models);
  const said = await ask(ai, questions, known);
  const whole = [...said.texts].map(
    ([subject, texts]) => [subject, settled(texts, subject, on.style.language)] as const,
  );
  return { ...said, texts: new Map(whole), cached: known.missing.length === 0 };
}
