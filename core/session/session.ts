// What a sign-in is, and whether it still holds. Pure.

export type Session = {
  user: string;
  /** `origin_jti` of its tokens. */
  id: string;
  /** Tenants it was seen in. */
  tenants?: string[] | undefined;
  device: string;
  ip: string;
  /** Epoch milliseconds. */
  firstSeen: number;
  lastSeen: number;
  endedAt?: number | undefined;
};

/** `new`: nobody has seen it yet, such as one of the hosted login at its first call. */
export type Judgement = 'holds' | 'ended' | 'new';

/** When a person ended all sign-ins at once: `at` in epoch seconds, as fine as `auth_time` is, and `moment` in milliseconds. `except`: the one that stayed. */
export type AllEnded = { at: number; moment: number; except?: string | undefined };

/**
 * Whether a sign-in still holds. What ended all that a person had ends each of them, however many rows there are: one with a row by when
 * it was made or first seen, one without by when it was made alone, the second of the end counted.
 */
export function judged(
  row: Pick<Session, 'firstSeen' | 'endedAt'> | undefined,
  { id, authTime, allEnded }: { id: string; authTime: number; allEnded: AllEnded | undefined },
): Judgement {
  if (row?.endedAt !== undefined) return 'ended';
  const all = allEnded?.except === id ? undefined : allEnded;
  if (!row) return all && authTime <= all.at ? 'ended' : 'new';
  return all && (authTime < all.at || row.firstSeen <= all.moment) ? 'ended' : 'holds';
}

/** Milliseconds between two notes of when a session was seen: not every call writes. */
const noting = 5 * 60_000;

/** Whether it is time to note that a session was seen. */
export const unnoted = ({ lastSeen }: Pick<Session, 'lastSeen'>, now: number): boolean => now - lastSeen > noting;

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(Headless)?Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A name for what somebody signed in with, from its User-Agent: `Chrome · macOS`. Programs are named as they name themselves. */
export function deviceOf(agent = ''): string {
  const first = (known: typeof browsers) => known.find(([pattern]) => pattern.test(agent))?.[1];
  const named = [first(browsers), first(systems)].filter((name) => name !== undefined);
  return (
    named.join(' · ') ||
    agent
      .replace(/\p{Cc}/gu, '')
      .split(' ')[0]
      ?.slice(0, 60) ||
    '?'
  );
}
