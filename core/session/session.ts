// What a sign-in is, and whether it still holds. Pure.

export type Session = {
  user: string;
  /** `origin_jti` of its tokens. */
  id: string;
  device: string;
  ip: string;
  /** Epoch milliseconds. */
  firstSeen: number;
  lastSeen: number;
  endedAt?: number | undefined;
};

/** `new`: nobody has seen it yet, such as one of the hosted login at its first call. */
export type Judgement = 'holds' | 'ended' | 'new';

/**
 * Whether a sign-in still holds. `allEnded`: epoch seconds at which the person ended all there were; it is for those that no row tells of,
 * and counts its own second, because that is as fine as `auth_time` is.
 */
export function judged(
  row: Pick<Session, 'endedAt'> | undefined,
  { authTime, allEnded }: { authTime: number; allEnded: number | undefined },
): Judgement {
  if (row) return row.endedAt === undefined ? 'holds' : 'ended';
  return allEnded !== undefined && authTime <= allEnded ? 'ended' : 'new';
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
