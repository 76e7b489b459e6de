// Prompts of assets and shots as a kind of writing: a part is what is asked about in one call.
import { Failure } from '../../platform/failure.ts';
import type { WritingKind } from '../kind.ts';
import { keepPart, keepPlan, planOn } from '../shelf.ts';
import { PromptBrief } from './brief.ts';
import { planned, wavesOf } from './plan.ts';
import { PromptPlan } from './plan-schema.ts';
import { type WrittenPrompts, writtenPart } from './write.ts';

export const visualPrompts: WritingKind = {
  plan: async (ctx, { shelf, brief, isBuiltin }) => {
    const known = PromptPlan.safeParse(await planOn(ctx, shelf)).data;
    const plan = known ?? (await planned(ctx, shelf.project, PromptBrief.parse(brief), !isBuiltin));
    if (!known) await keepPlan(ctx, shelf, plan);
    const prompts = plan.parts.reduce((sum, { ids }) => sum + ids.length, 0);
    return { waves: wavesOf(plan), message: { word: 'prompts_planned', values: { prompts } } };
  },

  part: async (ctx, { shelf, brief, asking, isBuiltin }, number) => {
    const plan = PromptPlan.parse(await planOn(ctx, shelf));
    const part = plan.parts[number - 1];
    if (!part) throw new Failure('NOT_FOUND');
    // usage is told by episode, and assets are of none
    const of = { ...asking, episode: part.episode || undefined };
    const done = await writtenPart(ctx, shelf.project, part, PromptBrief.parse(brief), isBuiltin ? undefined : of);
    await keepPart(ctx, shelf, number, shelved(done));
    if (done.failure !== undefined) throw done.failure;
    return {
      cached: done.cached,
      draft: done.draft,
      notice: noticeOf(plan, done, number),
      message: { word: 'prompts_part', values: { prompts: done.written } },
    };
  },
};

type Part = Parameters<typeof keepPart>[3];

function shelved({ texts, failure, written, drafted, held }: WrittenPrompts): Part {
  const said = texts.map(({ name, texts: of }) =>
    [name, ...Object.entries(of).map(([field, text]) => `${field}: ${text}`)].join('\n'),
  );
  const title = texts.map(({ name }) => name).join('、');
  return { title, text: said.join('\n\n'), isWhole: failure === undefined, ground: { written, drafted, held } };
}

/** What people hold is told once for the whole, and of a part what they took hold of meanwhile. */
function noticeOf({ locked, edited }: PromptPlan, { held }: WrittenPrompts, number: number) {
  const all = number === 1 ? { locked, edited: edited + held } : { locked: 0, edited: held };
  return all.locked + all.edited > 0 ? new Failure('PROMPTS_KEPT', all) : undefined;
}
