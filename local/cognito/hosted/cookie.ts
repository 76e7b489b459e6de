// Cookies of the hosted login. Not Secure: the loopback speaks plain http.

export const parseCookie = (header: string): ReadonlyMap<string, string> =>
  new Map(
    header
      .split(';')
      .map((pair) => pair.split('='))
      .map(([name = '', ...value]) => [name.trim(), value.join('=').trim()]),
  );

/** Out of reach of scripts, and sent along only when our own pages post or a person follows a link here. */
export const cookie = (name: string, value: string, seconds?: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${seconds === undefined ? '' : `; Max-Age=${seconds}`}`;
