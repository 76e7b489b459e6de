// Subdomains of tenants: for branding and login hints, never for trust.
import * as z from 'zod';
import { rule } from '../platform/words.ts';

/** Names that lead elsewhere, now or one day, or that mails and certificates are proved by. Source: RFC 2142 (mailbox names) and our own. */
const reserved: ReadonlySet<string> = new Set(
  `abuse account accounts admin administrator api app apps assets auth autoconfig autodiscover billing blog cdn console dashboard demo dev docs
  download email example files ftp help hostmaster idp imap info internal isatap local localhost login mail media mx news noc noreply ns1 ns2
  oauth ops pay platform pop postmaster prod root scriptloom security smtp socket sso static status support sys system team test staging usenet
  webhook webhooks webmaster wpad ws www`.split(/\s+/),
);

/** One label of a host name (RFC 1123), 3 to 40 characters, no encoded one (`xn--`). */
export const Subdomain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?!..--)[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/,
    rule(
      '3–40 个小写字母、数字或连字符，首尾不能是连字符',
      '3 to 40 letters a–z, digits or hyphens, no hyphen at either end',
    ),
  );

export const isReserved = (name: string): boolean => reserved.has(name);
