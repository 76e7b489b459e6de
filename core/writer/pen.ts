// Writing down a text that comes in pieces: now and then, and at the end of it whatever that was.
import type { Ctx } from '../platform/ctx.ts';

/** Ms between two writes. */
const everyMs = 2500;

export type Pen = {
  /** For `stream`: pieces with their places. */
  readonly onPiece: (piece: string, at: number) => Promise<void>;
  /** Writes what came; where nothing did, what stood there stays. */
  readonly end: () => Promise<void>;
};

/** @param write is given the text so far. */
export function penFor(ctx: Ctx, write: (text: string) => Promise<void>): Pen {
  let text = '';
  let since = ctx.now();
  return {
    onPiece: async (piece, at) => {
      text = text.slice(0, at) + piece;
      if (ctx.now() - since < everyMs) return;
      since = ctx.now();
      await write(text);
    },
    end: async () => {
      if (text !== '') await write(text);
    },
  };
}
