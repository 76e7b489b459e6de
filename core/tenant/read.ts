import * as z from 'zod';
import { notFound } from '../platform/failure.ts';
import { openVerb, verb } from '../platform/verb.ts';
import { findBySubdomain } from './directory.ts';
import { Branding, Tenant } from './schema.ts';
import { load, shown } from './store.ts';
import { Subdomain } from './subdomain.ts';

export const get = verb({
  name: 'tenant.get',
  summary: 'The organisation: name, subdomain, plan, state, language, whether a second factor is required.',
  needs: 'tenant:read',
  input: z.object({}),
  output: Tenant,
  run: async (ctx) => shown(await load(ctx)),
});

export const branding = openVerb({
  name: 'tenant.branding',
  summary: 'What a sign-in page shows of the organisation of a subdomain. It opens nothing.',
  input: z.object({ subdomain: Subdomain }),
  output: Branding,
  run: async (ctx, { subdomain }) => {
    const entry = await findBySubdomain(ctx, subdomain);
    if (!entry) throw notFound();
    return { name: entry.name, subdomain };
  },
});
