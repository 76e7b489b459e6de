// The cost model as a page: docs/cost.md.
import type { Counts } from './count.ts';
import { assumptions, monthOf, type Standing } from './model.ts';
import { costOf, type Priced, prices, totalOf, type Usage, yuanPerDollar } from './prices.ts';

const sizes = [1, 1000, 100_000] as const;
/** Yuan of infrastructure a user may cost in a month, at a thousand users. */
export const goal = 0.9;

const figure = (value: number): string => {
  if (value === 0) return '0';
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 1 ? value.toFixed(2) : value.toPrecision(2);
};

const row = (...cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: string[], rows: string[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n');

/** Yuan a user and month. */
export const yuanAUser = (usage: Usage, users: number): number => (totalOf(usage) / users) * yuanPerDollar;

const costs = (months: readonly Usage[]): string => {
  const lines = (Object.keys(prices) as Priced[]).filter((what) => months.some((month) => (month[what] ?? 0) > 0));
  const each = lines.map((what) =>
    row(
      what,
      prices[what].unit,
      ...months.flatMap((month) => [figure(month[what] ?? 0), figure(costOf(what, month[what] ?? 0))]),
    ),
  );
  const total = row('**all**', '', ...months.flatMap((month) => ['', `**$${figure(totalOf(month))}**`]));
  const yuan = row(
    '**a user**',
    '',
    ...months.flatMap((month, index) => ['', `**¥${figure(yuanAUser(month, sizes[index] ?? 1))}**`]),
  );
  const head = ['', 'unit', ...sizes.flatMap((size) => [`${size.toLocaleString('en-US')} users`, '$'])];
  return table(head, [...each, total, yuan]);
};

const taken = ({ acts }: Counts): string => {
  const names = Object.keys(acts) as (keyof typeof acts)[];
  const measures = Object.keys(acts.season) as (keyof typeof acts.season)[];
  return table(
    ['', ...names],
    measures.map((measure) => row(measure, ...names.map((name) => figure(acts[name][measure])))),
  );
};

const listed = (): string =>
  table(
    ['', 'unit', '$', 'for', 'free each month'],
    (Object.keys(prices) as Priced[]).map((what) => {
      const one = prices[what];
      const note = 'unverified' in one ? ' (from memory)' : '';
      return row(
        what,
        one.unit + note,
        String(one.dollars),
        one.per.toLocaleString('en-US'),
        one.free ? one.free.toLocaleString('en-US') : '',
      );
    }),
  );

/** What a tenant's own place (lib/features/tenant.ts) costs while nobody works in it. */
const ownPlaces = (): string => {
  const { keyMonth, alarm } = prices;
  const silo = keyMonth.dollars + siloAlarms * alarm.dollars;
  return `A tenant's own place adds $${figure(keyMonth.dollars)} a month as a bridge (a key) and $${figure(silo)} as a silo (a key and ${siloAlarms} alarms): tables by use, buckets
and streams that Lambda follows cost nothing while they are empty. Rows and objects cost what they cost in the pool; calls of KMS are more, for a table
of its own asks for its own key. KMS charges up to $2 more a month for a key's first two rotations, of these keys and of the stage's.`;
};

/** As test/infra/tiers.test.ts counts them. */
const siloAlarms = 2;

const guesses = (): string =>
  table(
    ['assumption', ''],
    Object.entries(assumptions).map(([name, value]) =>
      row(
        name,
        typeof value === 'object'
          ? Object.entries(value)
              .map(([act, times]) => `${act} ${times}`)
              .join(', ')
          : String(value),
      ),
    ),
  );

/** The page. `standing` is read off the templates of the prod stage. */
export function reportOf(counts: Counts, standing: Standing): string {
  const months = sizes.map((users) => monthOf(users, counts, standing));
  const thousand = yuanAUser(months[1] ?? {}, 1000);
  const verdict = thousand <= goal ? 'met' : 'missed';
  return `# What a month costs

Written by \`npm run cost\` from scripts/cost; do not edit. Infrastructure only: no model is asked, the built-in engine does the work.
Region us-east-1, prices of November 2026, ¥${yuanPerDollar} for a dollar.

**At 1,000 users: ¥${figure(thousand)} a user and month. The goal of ¥${goal} is ${verdict}.**

${costs(months)}

## What one act takes

Counted on ${counts.counted} (\`${counts.how}\`), stored in scripts/cost/counts.json.
*join*: registering with a new tenant. *season*: uploading the bundled drama of twenty episodes and breaking it down. *episode*: making one episode's
storyboard anew. *session*: signing in, looking through projects, assets and a storyboard, changing ten shots, exporting.

${taken(counts)}

Seconds of functions were measured on one machine and are scaled as if a function did nothing but compute on its share of a processor (a whole one at 1,769 MB),
starts included: the dearest it can be. Write units count transactions twice and every index once.

## How people work

${guesses()}

A stage stands with ${standing.alarms} metrics that alarms watch, ${standing.keys} key and ${standing.sweeps.toLocaleString('en-US')} sweeps a month, whether anybody works or not.

${ownPlaces()}

## Prices

${listed()}

Sessions of tenants (STS) are free: one call an hour for each tenant and container, one a minute at most where addresses are signed. A read of an object
that is not there is a GET and a LIST.

Left out: taxes, support, data between regions, e-mail beyond what Cognito sends itself, and the console's delivery to browsers.
`;
}
