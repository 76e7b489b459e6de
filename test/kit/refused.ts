// Many attempts at once, none of which may succeed.
import { expect } from 'vitest';

/** Every attempt is refused with this code and, where they are given, exactly these details. */
export async function allRefused(
  attempts: Promise<unknown>[],
  { code, details }: { code: string; details?: object },
): Promise<void> {
  const ended = await Promise.allSettled(attempts);
  expect(ended.map((one) => (one.status === 'rejected' ? one.reason.code : 'not refused'))).toEqual(
    attempts.map(() => code),
  );
  if (details) for (const one of ended) expect(one.status === 'rejected' && one.reason.details).toEqual(details);
}
