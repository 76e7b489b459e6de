// From the calls that work expects to the quote people see. Every kind of work with models is quoted through here: it builds the calls
// it would make, says what its answers will take, and asks nobody.
import { type Expected, type QuoteLine, quote } from '../ai/index.ts';
import { withAi } from '../ai/planning.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import type { Asking } from '../reader/asking.ts';
import type { ModelPlan } from '../task/model-plan.ts';
import type { Quote } from './schema.ts';
import { adviceOf, totalOf } from './total.ts';

/** What is asked about. */
export type Wanted = { readonly project: string; readonly plan: ModelPlan; readonly episodes: number };

/** What work would ask. `estimated`: some of it follows from answers that nobody has yet. */
export type Forecast = { readonly expected: readonly Expected[]; readonly estimated: boolean };

/** @param forecast is not asked for where the built-in engine does the work, which costs nothing. */
export async function quoted(
  ctx: Ctx,
  { project, plan, episodes }: Wanted,
  forecast: (asking: Asking) => Promise<Forecast>,
): Promise<Quote> {
  const isFree = plan.provider === 'builtin';
  const { expected, estimated } = isFree ? nothing : await forecast(askingFor(project, plan));
  const { lines, stored, unrouted } = isFree ? nothing : await quote(withAi(ctx), expected);
  const total = totalOf(lines);
  const cap = adviceOf(total.most, plan.cap);
  const noted = [
    ...(unrouted > 0 ? [new Failure('QUOTE_UNROUTED', { calls: unrouted })] : []),
    ...pricelessOf(lines),
    ...(cap.enough === false
      ? [new Failure('QUOTE_ABOVE_CAP', { cap_micros: cap.micros, advised_micros: cap.advised })]
      : []),
    ...(estimated && lines.length > 0 ? [new Failure('QUOTE_ESTIMATED')] : []),
  ];
  const notices = noted.map((failure) => ({ code: failure.code, message: failure.say(ctx.locale) }));
  return { provider: plan.provider, episodes, lines: [...lines], total, stored, cap, notices };
}

const nothing = {
  expected: [],
  estimated: false,
  lines: [],
  stored: { calls: 0, input: 0, output: 0, micros: 0 },
  unrouted: 0,
} as const;

/** There is no task yet: nothing is spent, and answers are looked for by project and content. */
const askingFor = (project: string, { models }: ModelPlan): Asking => ({ project, task: 'quote', models });

/** Once for each model: the platform's key does not run without a price, a key of the tenant's own does. */
function pricelessOf(lines: readonly QuoteLine[]): Failure[] {
  const models = new Map(lines.filter(({ most }) => most === null).map((line) => [`${line.model} ${line.mode}`, line]));
  return [...models.values()].map(
    ({ provider, model, mode }) =>
      new Failure(mode === 'platform' ? 'PRICE_UNKNOWN' : 'QUOTE_WITHOUT_PRICE', { provider, model }),
  );
}
