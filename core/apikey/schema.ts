// API keys: what they may, from where and how long, and what people see of them.
import * as z from 'zod';
import { displayName } from '../platform/name.ts';
import { PageInput } from '../platform/page.ts';
import { type Scope, scopes } from '../platform/permission.ts';
import { rule } from '../platform/words.ts';
import { isRange } from './address.ts';

/** A key never changes the organisation or who belongs to it, and so never makes another key. */
export const keyScopes = scopes.filter((scope) => scope !== 'tenant:write' && scope !== 'member:write');
export const KeyScope = z.enum(keyScopes as [Scope, ...Scope[]]);

const addressRule = rule(
  'IP 地址或 CIDR 网段，如 203.0.113.7 或 10.0.0.0/8',
  'an IP address or a CIDR range, such as 203.0.113.7 or 10.0.0.0/8',
);

/** Days. Source: contract.md, "Numbers given": keys rotate every 90 days. */
const usualDays = 90;

export const CreateKey = z.object({
  /** Unique in the tenant. */
  name: displayName(60),
  scopes: z.array(KeyScope).min(1).max(keyScopes.length),
  /** Projects it is for; all where it is left out. */
  projects: z.array(z.string().max(64)).min(1).max(50).optional(),
  /** Addresses and ranges it works from; all where there are none. */
  addresses: z
    .array(z.string().trim().refine(isRange, { message: addressRule }))
    .max(20)
    .default([]),
  expiresInDays: z.int().min(1).max(366).default(usualDays),
  /** Requests a minute, where the key is to have fewer than its share of the plan. */
  requestsPerMinute: z.int().min(1).max(100_000).optional(),
});

export const ListKeys = PageInput;

const known = { id: z.string().max(60), version: z.coerce.number().int().min(1).optional() };

/** `overlapHours`: how long the text before still works. */
export const RotateKey = z.object({ ...known, overlapHours: z.int().min(0).max(168).default(24) });
export const RevokeKey = z.object(known);

/** A key as people see it; `start`: its first letters. Times in epoch ms. */
export const KeyInfo = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string(),
  scopes: z.array(KeyScope),
  projects: z.array(z.string()).nullable(),
  addresses: z.array(z.string()),
  requestsPerMinute: z.int().nullable(),
  status: z.enum(['active', 'expired']),
  expiresAt: z.int(),
  /** Until when the text before the last rotation works. */
  previousUntil: z.int().nullable(),
  /** To the minute. */
  lastUsedAt: z.int().nullable(),
  createdBy: z.string(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type KeyInfo = z.infer<typeof KeyInfo>;

/** `key` is told this once and never again. */
export const MadeKey = KeyInfo.extend({ key: z.string() });
