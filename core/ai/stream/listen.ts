// Listening to a stream: pieces passed on and written down as they come, silence not waited out.
import type { AiCtx } from '../ai.ts';
import type { Ask } from '../exchange.ts';
import { ProviderFailure } from '../provider-failure.ts';
import type { TextRequest } from '../schema.ts';
import { guessed } from '../usage/guessed.ts';
import { overlap, seamLength } from './seam.ts';

export type Hearing = {
  readonly request: TextRequest;
  /** What was written before, which a model may repeat the end of. */
  readonly before: string;
  /** Ms of silence after which a stream is given up. A model that thinks, and a server that keeps the line alive, are not silent. */
  readonly idleMs: number;
  readonly onPiece: (piece: string) => Promise<void>;
  /** Keeps what has arrived of this exchange, now and then. */
  readonly note: (text: string) => Promise<void>;
};

/** New text that is worth a write, and ms after which less is. */
const noteLength = 1500;
const noteMs = 2000;

/**
 * Asks for a stream. What arrived before a failure, or before it was stopped, is answered with it, its tokens estimated where nobody counted
 * them: the next who asks goes on there.
 */
export const listening =
  (ctx: AiCtx, hearing: Hearing): Ask =>
  async (provider, account, signal) => {
    const idle = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(new DOMException('silence', 'TimeoutError')), hearing.idleMs);
    };
    alive();
    const ear = earOf(ctx, hearing);
    try {
      const wire = { fetch: ctx.ai.fetch, signal: AbortSignal.any([signal, idle.signal]), alive };
      const pieces = provider.stream(hearing.request, account, wire);
      for (;;) {
        const { done, value } = await pieces.next();
        clearTimeout(timer);
        if (done) {
          await ear.end();
          return { answer: value, text: ear.text() };
        }
        await ear.hear(value);
        alive();
      }
    } catch (error) {
      const last: unknown = await ear.end().then(
        () => error,
        (unheard: unknown) => unheard,
      );
      const text = ear.text();
      if (last instanceof ProviderFailure) return { failure: counted(hearing, last, text), text };
      if (text !== '' || signal.aborted) return { stopped: { by: last }, text };
      throw last;
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
    },
    text: () => text,
  };
}

function counted({ request }: Hearing, failure: ProviderFailure, text: string): ProviderFailure {
  if (failure.facts.usage || text === '') return failure;
  return new ProviderFailure({ ...failure.facts, usage: guessed(request, text) }, failure.cause);
}
