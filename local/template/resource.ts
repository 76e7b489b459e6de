// One resource with its intrinsics resolved, and the strict reading of its properties: what is not named in a schema stops.
import * as z from 'zod';
import type { Stack } from './assembly.ts';
import type { Identity } from './identity.ts';
import { type Place, refuse } from './resolve.ts';

export type Resource = Place & {
  readonly type: string;
  readonly identity: Identity;
  readonly properties: Record<string, unknown>;
  readonly stack: Stack;
};

/** CloudFormation writes numbers and booleans as text at times. */
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
export const boolean = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** A property that changes nothing on one machine; the schema that uses it says why in a comment. */
export const ignored = z.unknown().optional();

const describe = (issue: z.core.$ZodIssue): string => {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return `property ${[at, issue.keys.join(', ')].filter(Boolean).join('.')} is not understood.`;
  return `property ${at || '(all)'}: ${issue.message}.`;
};

/** The properties as `schema` says. Throws TEMPLATE_NOT_UNDERSTOOD naming the property when they are anything else. */
export function read<Schema extends z.ZodType>(resource: Resource, schema: Schema, file: string): z.output<Schema> {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const what = `${resource.type}: ${parsed.error.issues.map(describe).join(' ')}`;
  return refuse(resource, what, `Teach it in local/template/${file}, or write the template without it.`);
}
