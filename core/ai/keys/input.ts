// What members send about keys.
import * as z from 'zod';
import { displayName } from '../../platform/name.ts';
import { CalledProvider } from '../policy.ts';
import { KeyInfo, KeyModel } from './schema.ts';

/** Printable ASCII, as headers carry it. The message must not quote it. */
const Secret = z
  .string()
  .trim()
  .max(500, 'at most 500 characters')
  .regex(/^[\x21-\x7e]*$/, 'only letters, digits and signs, no blanks');

const fields = {
  label: displayName(100),
  models: z.array(KeyModel).max(50),
  /** Lower is asked first. */
  priority: z.int().min(0).max(1000),
  on: z.boolean(),
};
const BaseUrl = z.string().trim().min(1).max(500);
const id = z.string().max(60);
const known = { id, version: z.int().min(1).optional() };

export const AddKey = z.object({
  provider: CalledProvider,
  key: Secret,
  baseUrl: BaseUrl.optional(),
  ...fields,
  models: fields.models.default([]),
  priority: fields.priority.default(100),
  on: fields.on.default(true),
});

/** Not its address: a key is sent where its address says, so a new address takes the key again (`RotateKey`). */
export const UpdateKey = z
  .object({ ...known, ...fields })
  .partial()
  .required({ id: true });

export const RotateKey = z.object({ ...known, key: Secret, baseUrl: BaseUrl.nullable().optional() });
export const RemoveKey = z.object({ id, version: z.coerce.number().int().min(1).optional() });
export const KeyId = z.object({ id });
export const KeyList = z.object({ items: z.array(KeyInfo) });
