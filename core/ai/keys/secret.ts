// What can be said of a key without saying it. Pure.
import { Failure } from '../../platform/failure.ts';
import { baseUrlOf, type CalledProviderId } from '../models.ts';

/** Its end, to tell keys apart by; of a short one nothing, for that would be much of it. */
export const lastFourOf = (key: string): string => (key.length >= 12 ? key.slice(-4) : '');

/** Throws INVALID_REQUEST for a key or an address that cannot be left out here. Servers of one's own may ask for no key. */
export function checkKey(provider: CalledProviderId, key: string, url: string | null | undefined): void {
  if (key === '' && provider !== 'compatible') throw new Failure('INVALID_REQUEST', { reason: 'key: is missing' });
  if (!url && !baseUrlOf(provider)) throw new Failure('INVALID_REQUEST', { reason: 'base_url: is missing' });
}
