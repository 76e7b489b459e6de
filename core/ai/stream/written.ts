// What of a text is written already: whole exchanges, and the one that was under way when its caller died.
import { putBlob, seekJson } from '../../platform/blob.ts';
import type { AiCtx } from '../ai.ts';
import { type Kept, type Kepts, keep, keptUnder } from '../cache.ts';
import type { StreamCall } from '../call.ts';
import { caughtUp } from '../converse.ts';
import { costOf, microsOfAccount } from '../models.ts';
import type { Route } from '../route.ts';
import type { TextRequest } from '../schema.ts';
import { guessed } from '../usage/guessed.ts';
import { usageOf } from '../usage/of-call.ts';

/** `after`: how many exchanges were whole before it; that many still, and it was never finished. */
type Note = { readonly after: number; readonly text: string; readonly route: string };

const noteKey = (key: string) => `${key}.part`;

export const textOf = (kepts: Kepts): string => kepts.map(({ text }) => text ?? '').join('');

/** What ended the last words where it was not the model: somebody stopped it, nobody waited longer, the caller died. */
const cutShort: ReadonlySet<string | undefined> = new Set(['stopped', 'timeout', 'caller_died']);

/**
 * Whether the text came to its end. A model that is asked for more and has nothing to say is at it; where its own limit had cut it off, or
 * somebody had, it is asked once more and has to say so twice.
 */
export function isWhole(kepts: Kepts): boolean {
  const last = kepts.at(-1)?.usage;
  if (last?.outcome === 'answered') return true;
  const silent = kepts.length - 1 - kepts.findLastIndex(({ usage }) => usage.providerCode !== 'empty_answer');
  const lastWords = kepts.findLast(({ text = '' }) => text !== '')?.usage;
  if (lastWords === undefined) return false;
  const isCut = lastWords.outcome === 'truncated' || cutShort.has(lastWords.providerCode);
  return silent >= (isCut ? 2 : 1);
}

export const note = (ctx: AiCtx, key: string, kepts: Kepts, route: Route, text: string): Promise<void> =>
  putBlob(ctx, noteKey(key), JSON.stringify({ after: kepts.length, text, route: route.model.id } satisfies Note));

/**
 * All exchanges, settled; the one whose caller died among them, with what had arrived and its tokens estimated.
 * @param requestOf what it had been asked.
 */
export async function written(
  ctx: AiCtx,
  at: { readonly key: string; readonly hash: string; readonly label: string },
  call: StreamCall,
  routes: readonly Route[],
  requestOf: (kepts: Kepts, route: Route) => TextRequest,
): Promise<Kepts> {
  const [kepts, part] = await Promise.all([keptUnder(ctx, at.key), seekJson<Note>(ctx, noteKey(at.key))]);
  const route = routes.find(({ model }) => model.id === part?.route);
  let all = kepts;
  if (part && route && part.after === kepts.length && part.text !== '') {
    all = [...kepts, lost(ctx, at.label, call, route, requestOf(kepts, route), part.text)];
    await keep(ctx, at.key, all);
  }
  await caughtUp(ctx, at.hash, all);
  return all;
}

function lost(ctx: AiCtx, label: string, call: StreamCall, route: Route, request: TextRequest, text: string): Kept {
  const used = guessed(request, text);
  const price = costOf(route.model, used, ctx.now());
  const usage = {
    ...usageOf(ctx, call, label, route),
    input: used.input,
    output: used.output,
    cached: 0,
    estimated: true as const,
    ...(price && { micros: price.micros, currency: price.currency, priceDate: price.priceDate }),
    spent: price ? microsOfAccount(price) : 0,
    ms: 0,
    cacheHit: false,
    attempt: 1,
    outcome: 'retryable' as const,
    providerCode: 'caller_died',
  };
  return { usage, limit: request.maxOutputTokens, text };
}
