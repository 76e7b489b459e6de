// A clock that never says the same twice: two times that one change takes differ.
import type { Ctx } from '../../core/platform/ctx.ts';

let ticks = 0;

/** The context with such a clock. */
export const ticking = <C extends Ctx>(ctx: C): C => ({ ...ctx, now: () => ctx.now() + ++ticks });
