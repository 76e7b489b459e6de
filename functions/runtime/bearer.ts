/** What a request carries as its bearer (RFC 6750, 2.1): an access token, an API key or a session of the platform. */
export const bearerOf = (headers: Readonly<Record<string, string | undefined>> = {}): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
