// What can be said of a key without saying it. Pure.
import { Failure } from '../../platform/failure.ts';
import { words } from '../../platform/words.ts';
import { baseUrlOf, type CalledProviderId } from '../models.ts';

/** A shorter one is no secret that could be told. */
const leastTold = 12;

/** Its end, to tell keys apart by; of a short one nothing, for that would be much of it. */
export const lastFourOf = (key: string): string => (key.length >= leastTold ? key.slice(-4) : '');

/** What is shown of a key beside its end. */
type Beside = {
  readonly url?: string | null | undefined;
  readonly label: string;
  readonly models: readonly { readonly id: string }[];
};

/**
 * Throws INVALID_REQUEST for a key or an address that cannot be left out here, and for a key that was put where everybody sees it. Servers of
 * one's own may ask for no key.
 */
export function checkKey(provider: CalledProviderId, key: string, { url, label, models }: Beside): void {
  if (key === '' && provider !== 'compatible') throw new Failure('INVALID_REQUEST', { reason: 'key: is missing' });
  if (!url && !baseUrlOf(provider)) throw new Failure('INVALID_REQUEST', { reason: 'base_url: is missing' });
  // names of hosts are kept in small letters
  const seen = [url ?? '', label, ...models.map(({ id }) => id)].join('\n').toLowerCase();
  if (key.length >= leastTold && seen.includes(key.toLowerCase()))
    throw new Failure('INVALID_REQUEST', {
      reason: words(
        'key: 密钥也写在了名称、地址或模型里，请只填在密钥一栏',
        'key: it stands in the label, the address or a model too; put it into the field of the key alone',
      ),
    });
}
