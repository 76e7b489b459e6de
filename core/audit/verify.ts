import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { cursorAt, placeOfCursor } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import { Verified, VerifyChain } from './schema.ts';
import { findBlock } from './store.ts';
import { type Break, type Place, start, walk } from './walk.ts';

/** Lines of one answer: a few seconds of reading and hashing. */
const most = 20_000;

const about = 'audit.verify';

export const verify = verb({
  name: 'audit.verify',
  summary: 'Walks the chain of audit lines and says whether it is whole, or where it breaks first.',
  needs: 'audit:read',
  input: VerifyChain,
  output: Verified,
  run: async (ctx, { cursor, block, hash }) => {
    // held against nothing it would prove nothing
    if (hash !== undefined && block === undefined)
      throw new Failure('INVALID_REQUEST', {
        reason: words(
          'block：与 hash 一起给出，即同一 head 的 block',
          'block: give it with hash, as the same head says',
        ),
      });
    const walked = await walk(ctx, cursor === undefined ? start : await placeBehind(ctx, cursor), most);
    const { at, head, unlinked, broken, ...counts } = walked;
    const found = broken ?? (await notHeld(ctx, block, hash));
    return {
      ...counts,
      state: found ? ('broken' as const) : unlinked.length > 0 ? ('behind' as const) : ('intact' as const),
      break: found,
      unlinked: unlinked.length,
      firstUnlinked: unlinked[0] ?? null,
      head: { block: head.n, hash: head.hash },
      nextCursor: at ? cursorAt(ctx, about, at.line, at.block.n) : null,
    };
  },
});

async function placeBehind(ctx: Ctx, cursor: string): Promise<Place> {
  const { place: line, passed } = placeOfCursor(ctx, about, cursor);
  const block = await findBlock(ctx, passed);
  if (!block) throw new Failure('INVALID_CURSOR');
  return { block, line };
}

/** A head that was noted elsewhere and is not in the chain any more. */
async function notHeld(ctx: Ctx, block: number | undefined, hash: string | undefined): Promise<Break | null> {
  if (block === undefined) return null;
  const held = await findBlock(ctx, block);
  if (!held) return { block, line: null, reason: 'block_missing' };
  return hash === undefined || held.hash === hash ? null : { block, line: null, reason: 'block_changed' };
}
