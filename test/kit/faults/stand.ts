// A tenant with a key of its own for a model server of its own, over the wire, whose pauses pass on the clock.
import type { Ai, AiCtx } from '../../../core/ai/ai.ts';
import { guardedFetch } from '../../../core/ai/guarded-fetch.ts';
import { addKey } from '../../../core/ai/keys/add.ts';
import { textProvider } from '../../../core/ai/registry.ts';
import type { TextProvider, Wire } from '../../../core/ai/schema.ts';
import { setPolicy } from '../../../core/ai/settings/policy.ts';
import { plainReply } from '../../../scripts/models/plain.ts';
import type { Asked } from '../../../scripts/models/protocol.ts';
import { aStage, type Stage } from '../../ai/stage.ts';
import { type Models, startModels } from '../models/index.ts';
import type { Fault } from './faults.ts';

/** It has a price, the same at every hour. */
const model = { provider: 'openai', model: 'gpt-6-luna' } as const;

export type Stand = {
  readonly s: Stage;
  readonly ctx: AiCtx;
  readonly server: Models;
  /** From now on what `strikes` tells is struck by the fault: always, or the first time only. */
  strike: (fault: Fault, strikes: Strikes, often: 'always' | 'once') => void;
  /** Whether a request was struck. */
  readonly wasStruck: (call: Pick<Models['log'][number], 'body'>) => boolean;
  /** No request is struck any more, and as much time goes by as a circuit stays open. */
  mend: () => void;
  stop: () => Promise<void>;
};

/** Which requests are meant, and how their answers are spoiled. */
export type Strikes = {
  readonly isAsked: (asked: Asked) => boolean;
  readonly spoiled: (answer: unknown, fault: Fault) => unknown;
};

/** ms a breaker stays open, and a little. */
const openMs = 31_000;

/** @param drafts whether the engine's draft is taken when every model failed. */
export async function aStand(drafts: boolean): Promise<Stand> {
  const server = await startModels({ reply: plainReply });
  const s = await aStage();
  let striking: { fault: Fault; strikes: Strikes; left: number } | undefined;
  const patience = () => striking?.left && striking.fault.patience;
  const rules = { http: true, privateNetworks: true };
  const provider: Ai['provider'] = (id) => hurried(textProvider(id), patience);
  // nobody but the model server is asked
  Object.assign(s.ctx.ai, {
    provider,
    fetch: guardedFetch(rules),
    addresses: rules,
    secrets: () => Promise.resolve(undefined),
  });
  const key = { provider: model.provider, label: 'own', key: 'key-of-mine-0123' } as const;
  await addKey(s.ctx, { ...key, baseUrl: server.baseUrl(model.provider) });
  await setPolicy(s.ctx, { version: 0, models: [model], drafts });
  const bodies = new Set<unknown>();
  const isStruck = (asked: Asked) => striking !== undefined && striking.left > 0 && striking.strikes.isAsked(asked);
  server.strike((asked) => {
    if (!striking || !isStruck(asked)) return '';
    bodies.add(asked.body);
    if (striking.fault.spoiling === undefined) striking.left -= 1;
    return striking.fault.behaviours;
  });
  server.play((asked) => {
    const answer = plainReply(asked);
    if (!striking?.fault.spoiling || !isStruck(asked)) return answer;
    striking.left -= 1;
    return striking.strikes.spoiled(answer, striking.fault);
  });
  return {
    s,
    ctx: s.ctx,
    server,
    strike: (fault, strikes, often) => {
      striking = { fault, strikes, left: often === 'once' ? 1 : Number.POSITIVE_INFINITY };
    },
    wasStruck: ({ body }) => bodies.has(body),
    mend: () => {
      striking = undefined;
      s.t.pass(openMs);
    },
    stop: async () => {
      await Promise.all([s.t.stop(), server.close()]);
    },
  };
}

/** A provider that is waited for so many ms at most, where a number is given. */
function hurried(provider: TextProvider, patience: () => number | undefined): TextProvider {
  const within = (wire: Wire): Wire => {
    const ms = patience();
    return ms ? { ...wire, signal: AbortSignal.any([wire.signal, AbortSignal.timeout(ms)]) } : wire;
  };
  return {
    id: provider.id,
    text: (request, account, wire) => provider.text(request, account, within(wire)),
    stream: (request, account, wire) => provider.stream(request, account, within(wire)),
  };
}
