// Which addresses a provider may be reached at: what a member typed must not lead into our own network.
import { BlockList, isIP, isIPv4 } from 'node:net';
import { Failure } from '../platform/failure.ts';
import { once } from '../platform/once.ts';

/** What a stage allows beyond https to the public internet; on one machine both. */
export type AddressRules = { readonly http: boolean; readonly privateNetworks: boolean };

/**
 * A base URL as an account keeps it: no trailing slash, nothing behind the path, and not the path of the call itself, which many copy along. Literal addresses are judged here; names when they
 * are resolved (`guarded-fetch.ts`), each time, for an answer of yesterday proves nothing. Throws BASE_URL_REFUSED.
 */
export function baseUrl(text: string, rules: AddressRules): string {
  const url = URL.parse(text.trim());
  if (!url) throw refused('not_a_url');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.http)) throw refused('not_https');
  if (url.username !== '' || url.password !== '') throw refused('credentials');
  if (url.search !== '' || url.hash !== '') throw refused('query');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isAllowed(host, rules)) throw refused('private_address');
  return `${url.origin}${url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')}`;
}

const refused = (reason: string): Failure => new Failure('BASE_URL_REFUSED', { reason });

/** Whether an address, already resolved, may be connected to. */
export const isAllowed = (address: string, rules: AddressRules): boolean => rules.privateNetworks || isPublic(address);

type Subnets = readonly (readonly [net: string, bits: number])[];

function listOf(subnets: Subnets, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [net, bits] of subnets) list.addSubnet(net, bits, family);
  return list;
}

/** Made when an address is first judged: most functions that know of providers never do, and node:net takes 5 ms to load. */
const lists = once(() => ({
  /** IPv4 that is not on the public internet. Source: IANA's special-purpose registry; 100.64/10 holds Alibaba's metadata, 169.254/16 the others'. */
  special: listOf([
    ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
    ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
  ], 'ipv4'), // biome-ignore format: a table
  /** IPv6 that is: global unicast, but for what carries an IPv4 address inside (Teredo, 6to4) and documentation. */
  globalUnicast: listOf([['2000::', 3]], 'ipv6'),
  notGlobal: listOf([['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]], 'ipv6'), // biome-ignore format: a table
}));

/** Whether an address is on the public internet. IPv4 mapped into IPv6 is never taken: nobody types it in good faith. */
export function isPublic(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return !lists().special.check(bare, 'ipv4');
  return isIP(bare) === 6 && lists().globalUnicast.check(bare, 'ipv6') && !lists().notGlobal.check(bare, 'ipv6');
}
