// The context of one request or one step: who, for which tenant, and the stores it may use. First argument of every verb.
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Documents } from './dynamo/command.ts';
import type { Locale } from './failure.ts';
import type { Mailer } from './mail.ts';
import type { Needs, ProjectRole, Role, Scope } from './permission.ts';
import type { Tier } from './place.ts';

export type Table = { readonly client: Documents; readonly table: string };

/** What belongs to no tenant. Touching what a function was not granted throws at once. Filled by functions/runtime. */
export type OpenStores = {
  readonly directory: Table;
  /** The ephemeral table, for rows that are found before a tenant is known, or are of several: tickets, sockets, reminders, circuit breakers. */
  readonly shared: Table;
  readonly pool: {
    readonly id: string;
    readonly clientId: string;
    /** Whether an address is proven by a mailed code at registration; else it is believed. */
    readonly confirms: boolean;
  };
  readonly mail: Mailer;
  /** What new tenants begin on: a plan, and limits that hold in its place. */
  readonly firstPlan: { readonly plan: string; readonly contract?: Readonly<Record<string, number>> };
  /** How long a tenant that is closing can be taken back, and how long work that was stopped may go on writing; seconds. */
  readonly closing: { readonly graceSeconds: number; readonly settleSeconds: number };
  /** Where clients open a progress socket. */
  readonly socketUrl: string;
  /** The stores of one tenant, and of no other. `tier`: for those who know it; else the tenant's entry in the directory says it. */
  readonly of: (tenant: string, tier?: Tier) => Promise<Stores>;
};

/** The stores of one tenant: their clients reach its rows, objects and seals, and nobody else's. */
export type Stores = OpenStores & {
  readonly core: Table;
  readonly ephemeral: Table;
  readonly audit: Table;
  /** Name of the media bucket. */
  readonly bucket: string;
  readonly s3: S3Client;
  readonly kms: KMSClient;
  /** Key under which the tenant's keys of models are sealed: id, ARN or alias. */
  readonly sealingKey: string;
  /** Whole seconds that an address signed now can live: it dies with the credentials it was signed with. */
  readonly signedSeconds: () => Promise<number>;
};

export type Actor = {
  readonly kind: 'user' | 'key' | 'system' | 'platform';
  readonly id: string;
  readonly email?: string;
};

/** Where a request came from, as the gateway saw it. */
export type Origin = { readonly ip: string; readonly agent?: string };

/** Before anybody is known: registration, sign-in, the API description. */
export type OpenCtx = {
  readonly stores: OpenStores;
  readonly requestId: string;
  /** Left out for work that no request began. */
  readonly from?: Origin;
  readonly locale: Locale;
  /** Epoch milliseconds; a function, so that no request sees a frozen clock. */
  readonly now: () => number;
};

export type Ctx = OpenCtx & {
  readonly stores: Stores;
  /** From the verified token, or from the row that started the work; never from input. */
  readonly tenant: string;
  readonly actor: Actor;
  readonly role: Role;
  /** Projects shared with the actor, and what each makes of him there (core/platform/reach.ts). */
  readonly reach?: Readonly<Record<string, ProjectRole>>;
  /** What the API key may that is acted with, instead of what a role may; `projects`: those it is for, where it is not for all. */
  readonly key?: { readonly scopes: readonly Scope[]; readonly projects?: readonly string[] };
  /** Where nothing may be changed: the tenant's status, or `looking`: the platform looks at it. `onboarding`: nothing is there to be read either. */
  readonly readOnly?: 'onboarding' | 'suspended' | 'closing' | 'looking';
  /** Epoch milliseconds at which the session ends with which the platform looks at the tenant. */
  readonly lookingUntil?: number;
  /** Of somebody who runs the platform: whether he has a second factor. */
  readonly platform?: { readonly mfa: boolean };
  /** The sign-in that asks: `origin_jti` of its token. Absent for keys and for the system. */
  readonly session?: string;
  /** Access token of the call, for what a person changes about the own sign-in at Cognito; never logged. */
  readonly accessToken?: string;
  /** The tenant demands a second factor of this person, who has none: only what is the person's own may be done. */
  readonly mfaMissing?: boolean;
  /** Name of the running verb; names the audit line. */
  readonly verb?: string;
  /** What the running verb asks for. Absent where the system acts for the tenant. */
  readonly needs?: Needs;
  /** Whether the running verb has asked what is within reach. */
  readonly judged?: { reach: boolean };
};

/** Somebody acting for a tenant, in its stores. `who`: as a verified token or the directory has it. */
export const actingFor = async (
  open: OpenCtx,
  who: Omit<Ctx, keyof OpenCtx> & Partial<Pick<Ctx, 'locale'>>,
): Promise<Ctx> => ({ ...open, ...who, stores: await open.stores.of(who.tenant) });
