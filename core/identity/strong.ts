import { Failure } from '../platform/failure.ts';
import { weakness } from './weak.ts';

/** Throws WEAK_PASSWORD for a password that is guessed first, or that holds the person's address or name. */
export function mustBeStrong(password: string, person: { email: string; name?: string | undefined }): void {
  const reason = weakness(password, person);
  if (reason) throw new Failure('WEAK_PASSWORD', { reason });
}
