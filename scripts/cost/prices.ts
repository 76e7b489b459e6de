// What AWS asks: us-east-1, US dollars, November 2026. Change a number here and run `npm run cost`.

/** Yuan for a dollar; the rate the goal of ¥0.9 was set at. */
export const yuanPerDollar = 7.2;

export type Price = {
  /** Dollars for `per` units. */
  readonly dollars: number;
  readonly per: number;
  /** Units a month that cost nothing, for ever (no first-year offers). */
  readonly free: number;
  readonly unit: string;
  /** From memory, not from the price list: to be looked up before anybody relies on it. */
  readonly unverified?: true;
};

const price = (dollars: number, per: number, unit: string, free = 0): Price => ({ dollars, per, free, unit });

const million = 1_000_000;

export const prices = {
  lambdaRequest: price(0.2, million, 'requests', million),
  lambdaGbSecond: price(0.0000133334, 1, 'GB-seconds, arm64', 400_000),
  httpApiCall: price(1, million, 'calls'),
  socketMessage: price(1, million, 'messages of up to 32 KB'),
  socketMinute: price(0.25, million, 'connection minutes'),
  writeUnit: price(0.625, million, 'write request units'),
  readUnit: price(0.125, million, 'read request units'),
  tableGb: price(0.25, 1, 'GB-months'),
  restoreGb: price(0.2, 1, 'GB-months of point-in-time recovery'),
  transition: price(0.025, 1000, 'state transitions', 4000),
  objectGb: price(0.023, 1, 'GB-months'),
  objectPut: price(0.005, 1000, 'PUT, POST and LIST requests'),
  objectGet: price(0.0004, 1000, 'GET and HEAD requests'),
  transferGb: { ...price(0.09, 1, 'GB to the internet', 100), unverified: true },
  monthlyUser: price(0.015, 1, 'active users, Cognito Essentials', 10_000),
  logGb: price(0.5, 1, 'GB of logs taken in'),
  logGbMonth: price(0.03, 1, 'GB-months of logs kept'),
  alarm: price(0.1, 1, 'metrics that alarms watch'),
  keyMonth: price(1, 1, 'keys'),
  keyCall: price(0.03, 10_000, 'KMS calls', 20_000),
  secretMonth: price(0.4, 1, 'secrets'),
  secretCall: price(0.05, 10_000, 'Secrets Manager calls'),
  queueRequest: price(0.4, million, 'SQS requests'),
  trace: { ...price(5, million, 'X-Ray traces', 100_000), unverified: true },
} as const satisfies Record<string, Price>;

export type Priced = keyof typeof prices;

/** Units of each thing used in a month. */
export type Usage = Readonly<Partial<Record<Priced, number>>>;

/** Dollars a month for so many units of a thing, what is free taken off. */
export const costOf = (what: Priced, units: number): number => {
  const { dollars, per, free } = prices[what];
  return (Math.max(0, units - free) * dollars) / per;
};

/** Dollars a month of everything. */
export const totalOf = (usage: Usage): number =>
  (Object.entries(usage) as [Priced, number][]).reduce((sum, [what, units]) => sum + costOf(what, units), 0);
