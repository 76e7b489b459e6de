// Listening to a stream: pieces passed on and written down as they come, silence not waited out.
import type { AiCtx } from '../ai.ts';
import { inputTokens } from '../estimate.ts';
import type { Ask } from '../exchange.ts';
import { estimateTokens } from '../models.ts';
import { ProviderFailure } from '../provider-failure.ts';
import type { TextRequest, TokenUsage } from '../schema.ts';
import { overlap, seamLength } from './seam.ts';

export type Hearing = {
  readonly request: TextRequest;
  /** What was written before, which a model may repeat the end of. */
  readonly before: string;
  /** Ms of silence after which a stream is given up. */
  readonly idleMs: number;
  readonly onPiece: (piece: string) => Promise<void>;
  /** Keeps what has arrived of this exchange, now and then. */
  readonly note: (text: string) => Promise<void>;
};

/** New text that is worth a write, and ms after which less is. */
const noteLength = 1500;
const noteMs = 2000;

/** Asks for a stream. What arrived before a failure is answered with it, its tokens estimated where nobody counted them. */
export const listening =
  (ctx: AiCtx, hearing: Hearing): Ask =>
  async (provider, account, signal) => {
    const idle = new AbortController();
    const wait = () => setTimeout(() => idle.abort(new DOMException('silence', 'TimeoutError')), hearing.idleMs);
    let timer = wait();
    const ear = earOf(ctx, hearing);
    try {
      const wire = { fetch: ctx.ai.fetch, signal: AbortSignal.any([signal, idle.signal]) };
      const pieces = provider.stream(hearing.request, account, wire);
      for (;;) {
        const { done, value } = await pieces.next();
        clearTimeout(timer);
        if (done) return { answer: value, text: await ear.end() };
        await ear.hear(value);
        timer = wait();
      }
    } catch (error) {
      const text = await ear.end();
      if (!(error instanceof ProviderFailure)) {
        // nobody waits for it any more: the next who asks goes on here
        if (text !== '') await hearing.note(text);
        throw error;
      }
      return { failure: counted(hearing, error, text), text };
    } finally {
      clearTimeout(timer);
    }
  };

/** The beginning of a continuation is held back until it is known how much of it repeats what was there. */
function earOf(ctx: AiCtx, { before, onPiece, note }: Hearing) {
  let [text, held, isJoined] = ['', '', before === ''];
  let [noted, notedAt] = [0, ctx.now()];
  const pass = async (piece: string) => {
    if (piece === '') return;
    text += piece;
    await onPiece(piece);
    if (text.length - noted < noteLength && ctx.now() - notedAt < noteMs) return;
    [noted, notedAt] = [text.length, ctx.now()];
    await note(text);
  };
  const join = () => {
    isJoined = true;
    return pass(held.slice(overlap(before, held)));
  };
  return {
    async hear(piece: string) {
      if (isJoined) return pass(piece);
      held += piece;
      if (held.length >= seamLength) await join();
    },
    async end() {
      if (!isJoined) await join();
      return text;
    },
  };
}

function counted({ request }: Hearing, failure: ProviderFailure, text: string): ProviderFailure {
  if (failure.facts.usage || text === '') return failure;
  return new ProviderFailure({ ...failure.facts, usage: guessed(request, text) }, failure.cause);
}

/** Tokens of an exchange that nobody counted. */
export const guessed = (request: Pick<TextRequest, 'system' | 'messages'>, text: string): TokenUsage => ({
  input: inputTokens(request),
  output: estimateTokens(text),
  cached: 0,
  reasoning: 0,
  estimated: true,
});
