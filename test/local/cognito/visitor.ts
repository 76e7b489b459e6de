// A browser without a browser: follows redirects up to the application's own address, keeps cookies, fills in forms.
import { createHash, randomBytes } from 'node:crypto';
import { client, clientId } from './pool.ts';

export const callback = client.callbackUrls[0] ?? '';

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

/** Parameters of a plain request for a code. */
export const asking = (more: Record<string, string> = {}) =>
  new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callback,
    scope: 'openid email profile',
    ...more,
  }).toString();

const unescaped = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
  );

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
};

/** Forms of a page as a browser reads them: where they go and what they hold. */
const formsOf = (page: string) =>
  [...page.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => ({
    action: attribute(text, 'action') ?? '',
    fields: Object.fromEntries(
      [...text.matchAll(/<input[^>]*>/g)].map(([tag]) => [attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '']),
    ),
  }));

export const aVisitor = (base: string, headers: Record<string, string> = { 'accept-language': 'en' }) => {
  const jar = new Map<string, string>();
  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
  };
  const go = async (path: string, init: RequestInit = {}) => {
    let [response, at] = [await fetchOnce(new URL(path, base), init), new URL(path, base)];
    while (response.status === 303) {
      at = new URL(response.headers.get('location') ?? '', at);
      if (at.origin !== new URL(base).origin) return { at, status: 303, text: '', headers: response.headers };
      response = await fetchOnce(at);
    }
    return { at, status: response.status, text: await response.text(), headers: response.headers };
  };
  const fetchOnce = async (url: URL, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...headers, ...(cookie && { cookie }), ...(init.headers as Record<string, string>) },
    });
    keep(response);
    return response;
  };
  const post = (path: string, fields: Record<string, string>, more: Record<string, string> = {}) =>
    go(path, { method: 'POST', body: new URLSearchParams(fields), headers: more });
  return {
    jar,
    go,
    post,
    /** Sends the page's form that goes to `path`, with what was typed. */
    fill: (page: { text: string }, path: string, typed: Record<string, string> = {}) => {
      const found = formsOf(page.text).find(({ action }) => action.startsWith(path));
      if (!found) throw new Error(`No form goes to ${path}.`);
      return post(found.action, { ...found.fields, ...typed });
    },
  };
};

/** POST to an endpoint an application calls. */
export const call = async (base: string, path: string, fields: Record<string, string>) => {
  const response = await fetch(`${base}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

/** The sentence a page says went wrong. */
export const problemIn = (page: { text: string }): string | undefined => {
  const found = /role="alert"[^>]*>([^<]*)</.exec(page.text)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

/** What of a page could differ between two addresses, besides the address itself. */
export const likeness = (page: { status: number; text: string }, email: string) => ({
  status: page.status,
  text: page.text.replaceAll(email, 'EMAIL').replace(/name="_csrf" value="[^"]*"/g, ''),
});

/** Visits to the pages of one pool. */
export const visitsTo = (base: string) => {
  const atPage = async (path = '/login', more: Record<string, string> = {}, headers?: Record<string, string>) => {
    const visitor = aVisitor(base, headers);
    return { visitor, page: await visitor.go(`${path}?${asking(more)}`) };
  };
  const tryPassword = async (username: string, typed: string) => {
    const { visitor, page } = await atPage();
    return visitor.fill(page, '/login', { username, password: typed });
  };
  return { atPage, tryPassword };
};
