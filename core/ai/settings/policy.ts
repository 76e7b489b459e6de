// The whole policy: read it, set it.
import * as z from 'zod';
import { verb } from '../../platform/verb.ts';
import { Policy, policyAt, policyOf, savePolicy } from '../policy.ts';

const Shown = Policy.extend({ version: z.int() });

export const getPolicy = verb({
  name: 'policy.get',
  summary: 'Which models do which work, with whose keys.',
  needs: 'tenant:read',
  input: z.object({}),
  output: Shown,
  run: async (ctx) => {
    const { policy, version } = await policyOf(ctx);
    return { ...policy, version };
  },
});

export const setPolicy = verb({
  name: 'policy.set',
  summary: 'Sets which models do which work, with whose keys. Needs the version it is based on; 0 the first time.',
  needs: 'tenant:write',
  input: Policy.partial().extend({ version: z.int().min(0).optional() }),
  output: Shown,
  run: async (ctx, { version, ...change }) => {
    const before = await policyAt(ctx, version);
    return savePolicy(ctx, before, { ...before.policy, ...change });
  },
});
