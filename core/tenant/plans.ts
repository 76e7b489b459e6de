// What plans give, as data. A tenant's contract may say otherwise for it alone; what it does not say, the plan does.

/** What a tenant may have and do at most. */
export type Limits = {
  /** Calls of models in a calendar month (UTC). */
  readonly aiCalls: number;
  /** MiB of stored files. */
  readonly storageMb: number;
  readonly members: number;
  readonly projects: number;
  readonly mcpServices: number;
  readonly requestsPerMinute: number;
};

export type Plan = {
  readonly limits: Limits;
  /** Hundredths of CNY for a month; null: by contract. */
  readonly price: number | null;
  readonly credits: number;
  readonly tasksAtOnce: number;
  /** Millionths of CNY that the models of one task may cost where it names no cap. */
  readonly taskCap: number;
};

export const planNames = ['free', 'basic', 'pro', 'enterprise'] as const;
export type PlanName = (typeof planNames)[number];

/** Our own: several times what a season of twenty episodes costs with the models of the table. */
const taskCap = 20_000_000;

/**
 * Source: the plans as they are sold: calls, storage, members, MCP services, price, requests per minute. Projects and tasks at once: our
 * own, so that one tenant leaves room for the others. Enterprise is what holds where a contract says nothing: contract.md's 10 GB for each
 * of 1,000 people, and so much of the rest that nobody meets the limit by accident.
 */
const plans: Readonly<Record<PlanName, Plan>> = {
  free: {
    limits: { aiCalls: 1000, storageMb: 100, members: 1, projects: 3, mcpServices: 1, requestsPerMinute: 100 },
    price: 0,
    credits: 0,
    tasksAtOnce: 5,
    taskCap,
  },
  basic: {
    limits: { aiCalls: 10_000, storageMb: 1024, members: 5, projects: 20, mcpServices: 5, requestsPerMinute: 300 },
    price: 9900,
    credits: 0,
    tasksAtOnce: 10,
    taskCap,
  },
  pro: {
    limits: {
      aiCalls: 100_000,
      storageMb: 10_240,
      members: 20,
      projects: 200,
      mcpServices: 20,
      requestsPerMinute: 1000,
    },
    price: 49_900,
    credits: 0,
    tasksAtOnce: 20,
    taskCap,
  },
  enterprise: {
    limits: {
      aiCalls: 10_000_000,
      storageMb: 10_240_000,
      members: 1000,
      projects: 10_000,
      mcpServices: 100,
      requestsPerMinute: 5000,
    },
    price: null,
    credits: 0,
    tasksAtOnce: 20,
    taskCap,
  },
};

/** What new tenants of a stage begin on. */
export type FirstPlan = { readonly plan: PlanName; readonly contract?: Partial<Limits> };

/** What a plan gives; one that is no longer sold gives what `free` does. */
export const planOf = (name: string): Plan => plans[name as PlanName] ?? plans.free;

/** What holds for a tenant: its plan, and what its contract says beside it. */
export const limitsOf = ({ plan, contract }: { plan: string; contract?: Partial<Limits> | undefined }): Limits => ({
  ...planOf(plan).limits,
  ...contract,
});
