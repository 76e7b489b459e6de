// From what each act takes to what a month takes, for so many users.
import type { Act } from './acts.ts';
import type { Counts, Taken } from './count.ts';
import type { Usage } from './prices.ts';

/** How people work: every number is a guess that can be argued with; change it here. */
export const assumptions = {
  /** Acts of one user in a month. 100,000 users with 1,000,000 tasks is the size to design for: ten tasks each. */
  acts: { join: 0.1, season: 1, episode: 9, session: 20 } satisfies Record<Act, number>,
  /** Months of work that lie in the tables before a project is deleted. */
  monthsKept: 12,
  /** Megabytes of a user's own pictures and clips kept in the bucket (4.5 TB for 100,000 users). */
  mediaMb: 45,
  /** How often the same bytes are kept again: old versions for 30 days, and the log of accesses. */
  objectOverhead: 1.1,
  /** Megabytes a user fetches in a month: storyboards, exports, pictures. */
  fetchedMb: 30,
  /** Minutes a user's console holds its progress socket open. */
  socketMinutes: 20 * 30,
  /** Sockets of one tenant that hear the same announcement. */
  socketsATenant: 2,
  /** Bytes the API writes to its access log for a call, and the state machine for a state (four lines each). */
  accessLine: 350,
  stateLines: 2500,
  /** Months logs are kept (prod: three). */
  logMonths: 3,
  /** Part of the invocations X-Ray records: its default rule, five in a hundred. */
  traced: 0.05,
  /** Calls of KMS for a table or bucket request: keys are kept for minutes by the services. */
  keyCallsARequest: 0.01,
} as const;

/** What a stage costs with nobody in it. */
export type Standing = {
  /** Metrics that alarms watch. */
  readonly alarms: number;
  readonly keys: number;
  readonly secrets: number;
  readonly sweeps: number;
};

const gigabyte = 1e9;
const monthlySeconds = 730 * 3600;

/** Transitions of one execution: its functions, its two maps, and the steps that only pass on. */
const transitions = ({ steps }: Taken): number => (steps > 0 ? steps + 3 : 0);

type Sum = (of: (taken: Taken) => number) => number;

const running = (sum: Sum, users: number): Usage => {
  const { socketMinutes, socketsATenant, keyCallsARequest, traced } = assumptions;
  const invocations = sum(({ invocations: one }) => one);
  const requests = sum((taken) => taken.writeUnits + taken.readUnits + taken.objectPuts + taken.objectGets);
  return {
    lambdaRequest: invocations,
    lambdaGbSecond: sum(({ gbSeconds }) => gbSeconds),
    httpApiCall: sum(({ apiCalls }) => apiCalls),
    socketMessage: sum(({ pushes }) => pushes) * socketsATenant,
    socketMinute: users * socketMinutes,
    writeUnit: sum(({ writeUnits }) => writeUnits),
    readUnit: sum(({ readUnits }) => readUnits),
    transition: sum(transitions),
    objectPut: sum(({ objectPuts }) => objectPuts),
    objectGet: sum(({ objectGets }) => objectGets),
    keyCall: requests * keyCallsARequest,
    // who starts work looks whether a model is set up; a function remembers it for five minutes, so at most so often
    secretCall: sum(({ steps }) => (steps > 0 ? 1 : 0)),
    trace: invocations * traced,
    monthlyUser: users,
  };
};

const kept = (sum: Sum, users: number): Usage => {
  const { monthsKept, mediaMb, objectOverhead, fetchedMb, accessLine, stateLines, logMonths } = assumptions;
  const tables = (sum(({ tableBytes }) => tableBytes) * monthsKept) / gigabyte;
  const bodies = (sum(({ objectBytes }) => objectBytes) * monthsKept) / gigabyte;
  const logs =
    sum((taken) => taken.logBytes + taken.apiCalls * accessLine + transitions(taken) * stateLines) / gigabyte;
  return {
    tableGb: tables,
    restoreGb: tables,
    objectGb: (bodies + (users * mediaMb) / 1000) * objectOverhead,
    transferGb: (users * fetchedMb) / 1000,
    logGb: logs,
    logGbMonth: logs * logMonths,
  };
};

const idle = ({ alarms, keys, secrets, sweeps }: Standing): Usage => ({
  alarm: alarms,
  keyMonth: keys,
  secretMonth: secrets,
  // queues are asked without pause, by long polling of twenty seconds and five askers at least
  queueRequest: (monthlySeconds / 20) * 5,
  lambdaRequest: sweeps,
});

const add = (...usages: Usage[]): Usage => {
  const sum: Record<string, number> = {};
  for (const [what, units] of usages.flatMap((usage) => Object.entries(usage))) sum[what] = (sum[what] ?? 0) + units;
  return sum;
};

/** Units of everything in a month of so many users. */
export function monthOf(users: number, { acts }: Counts, standing: Standing): Usage {
  const sum: Sum = (of) =>
    (Object.entries(acts) as [Act, Taken][]).reduce(
      (total, [act, taken]) => total + users * assumptions.acts[act] * of(taken),
      0,
    );
  return add(running(sum, users), kept(sum, users), idle(standing));
}
