// The calls that prompts would take, to be priced; subjects that were asked about before are known. Asks nobody.
import { type Expected, modelsFor } from '../../ai/index.ts';
import { withAi } from '../../ai/planning.ts';
import type { Ctx } from '../../platform/ctx.ts';
import type { Asking } from '../../reader/asking.ts';
import { recalled } from './ask.ts';
import { batched } from './batch.ts';
import type { PromptBrief } from './brief.ts';
import { callOf, expectedOutput } from './call.ts';
import { grouped } from './plan.ts';
import type { Subject } from './subject.ts';
import type { Wanted } from './wanted.ts';
import { questionsFor } from './write.ts';

export async function expectedPrompts(
  ctx: Ctx,
  asking: Asking,
  brief: PromptBrief,
  wanted: Wanted,
): Promise<Expected[]> {
  const ai = withAi(ctx);
  const { project, models: named } = asking;
  const models = await modelsFor(ai, { use: 'write', models: named });
  const groups = await grouped(ctx, project, brief, wanted);
  const expected = groups.map(async ({ episode, opened, subjects }) => {
    const of = episode === 0 ? asking : { ...asking, episode };
    const questions = await questionsFor(ctx, { asking: of, style: opened.ground.style, wish: brief.wish });
    const { texts, missing } = await recalled(ai, questions, subjects, models);
    const calls = (some: readonly Subject[], isKnown: boolean): Expected[] =>
      batched(some).map((batch) => ({ call: callOf(batch, questions, false), output: expectedOutput(batch), isKnown }));
    // as the work will: in the parts that all of them make
    const open = batched(subjects).flatMap((batch) =>
      calls(
        batch.filter((one) => missing.includes(one)),
        false,
      ),
    );
    return [...open, ...calls([...texts.keys()], true)];
  });
  return (await Promise.all(expected)).flat();
}
