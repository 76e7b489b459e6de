// Keys of providers: the ports they come through, and what people see of them.
import * as z from 'zod';
import type { CalledProviderId } from '../models.ts';

/** To which tenant and provider a sealed text belongs; opening it with another context fails. */
export type SealContext = { readonly tenant: string; readonly provider: string };

/** A sealed text; everything base64. */
export const Sealed = z.object({
  /** The data key as the key service wrapped it. */
  dataKey: z.string(),
  /** AES-256-GCM: 12 bytes, 16 bytes, the text. */
  nonce: z.string(),
  tag: z.string(),
  text: z.string(),
});
export type Sealed = z.infer<typeof Sealed>;

export type Sealer = {
  seal(text: string, context: SealContext): Promise<Sealed>;
  /** Throws when the context is another, the seal is broken, or the key service refuses. */
  open(sealed: Sealed, context: SealContext): Promise<string>;
};

/** The platform's key for a provider, and where it is reached when not at the usual address; undefined when there is none. */
export type SecretReader = (
  provider: CalledProviderId,
) => Promise<{ readonly key: string; readonly baseUrl?: string } | undefined>;

/** Units of currency per million tokens, for models whose price the table does not know. */
const OwnPrice = z.object({
  currency: z.enum(['CNY', 'USD']),
  input: z.number().min(0).max(10_000),
  output: z.number().min(0).max(10_000),
});

/** Tokens. */
const Limit = z.int().min(1000).max(10_000_000).optional();

/** `context`, of input and output together, and `maxOutput` are of models the table does not know. */
export const KeyModel = z.object({
  id: z.string().trim().min(1).max(200),
  price: OwnPrice.optional(),
  context: Limit,
  maxOutput: Limit,
});
export type KeyModel = z.infer<typeof KeyModel>;

/** A key as people see it. */
export const KeyInfo = z.object({
  id: z.string(),
  provider: z.string(),
  label: z.string(),
  baseUrl: z.string().nullable(),
  models: z.array(KeyModel),
  priority: z.int(),
  on: z.boolean(),
  lastFour: z.string(),
  testedAt: z.int().nullable(),
  testCode: z.string().nullable(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type KeyInfo = z.infer<typeof KeyInfo>;
