// Names that only one thing of a tenant may have: a row under the name itself, written in the transaction that gives, moves or frees it.
import { createHash } from 'node:crypto';
import { Entity } from 'electrodb';
import { putting, removing, type Write } from './commit.ts';
import type { Ctx } from './ctx.ts';
import type { Failure } from './failure.ts';
import { byTenant, text } from './keys.ts';

const NameEntity = new Entity({
  model: { entity: 'unique-name', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, kind: text, key: text, id: text },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['kind', 'key'], template: 'UNIQUE#${kind}#${key}', casing: 'none' },
    },
  },
});

/** Width, case and spaces do not tell two names apart. */
export const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** A hash: NFKC can make a name longer than a key may be (1,024 bytes). */
const keyOf = (name: string): string => createHash('sha256').update(plain(name)).digest('base64url');

/** Names of one kind of things; `taken`: what the commit throws when another thing has the name. */
export const uniqueNames = (kind: 'PROJECT' | 'APIKEY' | 'AIKEY', taken: (name: string) => Failure) => {
  const taking = ({ stores, tenant }: Ctx, name: string, id: string): Write =>
    putting(stores.core, NameEntity.create({ tenant, kind, key: keyOf(name), id }), () => taken(name));
  const freeing = ({ stores, tenant }: Ctx, name: string): Write =>
    removing(stores.core, NameEntity.delete({ tenant, kind, key: keyOf(name) }));
  return {
    /** Takes a name for a thing. */
    taking,
    /** Gives a name back. */
    freeing,
    /** Another name instead of the one before; nothing where the two are the same name. */
    moving: (ctx: Ctx, from: string, to: string, id: string): Write[] =>
      keyOf(from) === keyOf(to) ? [] : [taking(ctx, to, id), freeing(ctx, from)],
  };
};
