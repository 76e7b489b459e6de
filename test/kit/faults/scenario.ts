// One fault at one step: the season with it, and what is left of it once the fault is gone.
import { budgetOf } from '../../../core/ai/budget.ts';
import { usageOf } from '../../ai/stage.ts';
import type { Fault } from './faults.ts';
import { aStand, type Stand } from './stand.ts';
import type { Ended, Step } from './step.ts';

/** `strict`: the tenant takes no drafts; `drafts`: it does; `passing`: as strict, and the fault strikes once. */
const ways = ['strict', 'drafts', 'passing'] as const;
export type Way = (typeof ways)[number];

export type Outcome = {
  readonly struck: Ended;
  /** After the fault was gone; the same where nothing was left to do. */
  readonly mended: Ended;
  /** Requests that were struck, and all. */
  readonly calls: number;
  /** What must not be: each is a sentence. */
  readonly wrong: readonly string[];
};

/** Whether the fault can strike there at all. */
export const applies = ({ spoiling, objectsOnly }: Fault, { isObject, spoilings }: Step): boolean =>
  spoiling ? spoilings.includes(spoiling) : isObject || !objectsOnly;

/** How a fault can be played there. */
export const waysOf = ({ hasDrafts }: Step): Way[] => ways.filter((way) => hasDrafts || way !== 'drafts');

export async function played(fault: Fault, step: Step, way: Way): Promise<Outcome> {
  const stand = await aStand(way === 'drafts');
  try {
    const work = await step.begin(stand);
    stand.strike(fault, step, way === 'passing' ? 'once' : 'always');
    const struck = await work.run();
    const useless = stand.server.log.filter(stand.wasStruck).map(({ fingerprint }) => fingerprint);
    const first = [...(await lost(stand, struck, 'struck')), ...paidTwice(stand, fault.repeats ? useless : [])];
    stand.mend();
    const isDone = struck.status === 'completed' && struck.drafts.length === 0;
    const mended = isDone ? struck : await work.retry();
    // an answer that is no use is asked for again by whoever tries again
    const second = isDone
      ? []
      : [...(await lost(stand, mended, 'mended')), ...paidTwice(stand, fault.answers ? useless : [])];
    const isMended = mended.status === 'completed' && mended.failed.length + mended.drafts.length === 0;
    const wrong = [
      ...first,
      ...second,
      ...expected(fault, step, way, struck),
      ...(isMended ? [] : [`mended: ${said(mended)}`]),
      ...stand.server.problems,
    ];
    return { struck, mended, calls: stand.server.log.length, wrong };
  } finally {
    await stand.stop();
  }
}

/** How an end is told in a few words. */
export const said = ({ status, failed, drafts }: Ended): string =>
  [status, ...new Set(failed), ...(drafts.length > 0 ? [`drafts: ${[...new Set(drafts)].join(' ')}`] : [])].join(' ');

/** What the fault should come to and did not. */
function expected({ code, passes, spoiling }: Fault, { endures }: Step, way: Way, struck: Ended): string[] {
  const isEndured = code === undefined || (way === 'passing' && passes) || (spoiling && endures.includes(spoiling));
  const should = isEndured ? [] : [code];
  const [told, untold] = way === 'drafts' ? [struck.drafts, struck.failed] : [struck.failed, struck.drafts];
  const codes = [...new Set(told)];
  const isAs =
    codes.length === should.length && codes.every((one) => should.includes(one as never)) && untold.length === 0;
  const isEnd = isEndured || way === 'drafts' ? struck.status === 'completed' : struck.status !== 'completed';
  return isAs && isEnd ? [] : [`struck: ${said(struck)}, in place of ${should.join() || 'completed'}`];
}

/** Work that is missing without a word, calls without a row, money that does not add up. */
async function lost({ ctx, server }: Stand, { task, silent }: Ended, when: string): Promise<string[]> {
  const rows = (await usageOf(ctx, task)).filter(({ cacheHit }) => !cacheHit);
  // of a stream that broke off nobody told the tokens
  const told = rows.filter(({ estimated }) => !estimated);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const answered = server.log.flatMap(({ counts }) => counts ?? []);
  const budget = await budgetOf(ctx, task);
  const same: readonly (readonly [string, number, number])[] = [
    ['rows of usage for calls', rows.length, server.log.length],
    ['tokens of input', sum(told.map(({ input }) => input)), sum(answered.map(({ input }) => input))],
    ['tokens of output', sum(told.map(({ output }) => output)), sum(answered.map(({ output }) => output))],
    ['spent', budget?.spent ?? -1, sum(rows.map(({ spent }) => spent))],
    ['held back', budget?.held ?? -1, 0],
  ];
  const unlike = same.filter(([, is, should]) => is !== should);
  return [...silent, ...unlike.map(([what, is, should]) => `${is} ${what}, in place of ${should}`)].map(
    (one) => `${when}: ${one}`,
  );
}

/** @param useless answers that may be asked for a second time. */
function paidTwice({ server }: Stand, useless: readonly string[]): string[] {
  const twice = server.paidTwice().filter((one) => !useless.includes(one));
  return twice.length > 0 ? [`${twice.length} answers were paid twice`] : [];
}
