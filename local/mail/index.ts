// SES of the local cloud: takes SendEmail of API v2, signed and judged like everything else, and shows the mails.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Callers } from '../iam/callers.ts';
import { type Listening, listen } from '../listen.ts';
import { readBody } from '../read-body.ts';
import { SignatureRefused, signerOf } from '../signature/index.ts';
import { account, region } from '../template/identity.ts';
import type { Mailbox } from './mailbox.ts';
import { mailPage, policy } from './page.ts';

type Gate = Pick<Callers, 'secretOf' | 'authorize' | 'sentence'>;
type Answer = { readonly status: number; readonly body: string; readonly headers: Record<string, string> };

class SesRefused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const json = (status: number, body: object, code?: string): Answer => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...(code && { 'x-amzn-errortype': code }) },
});

const otherBody = (message: string) => new SesRefused(403, 'InvalidSignatureException', message);

type SendEmail = {
  FromEmailAddress?: string;
  Destination?: { ToAddresses?: string[] };
  Content?: { Simple?: { Subject?: { Data?: string }; Body?: { Text?: { Data?: string } } } };
};

const parsed = (body: string): SendEmail => {
  try {
    return JSON.parse(body) as SendEmail;
  } catch {
    throw new SesRefused(400, 'BadRequestException', 'The body is not JSON.');
  }
};

/** The mail of a call; the parts of SendEmail that the product uses. */
const mailOf = (call: SendEmail): { from: string; to: string; subject: string; text: string } => {
  const [to, ...others] = call.Destination?.ToAddresses ?? [];
  const { Subject, Body } = call.Content?.Simple ?? {};
  const [from, subject, text] = [call.FromEmailAddress, Subject?.Data, Body?.Text?.Data];
  if (!from || !to || others.length > 0 || subject === undefined || text === undefined)
    throw new SesRefused(
      400,
      'BadRequestException',
      'The local cloud takes one address, and a simple content with a subject and a text.',
    );
  return { from, to, subject, text };
};

/** Domain of an address, with or without a name before it. */
const domainOf = (from: string): string => /@([^\s>]+)>?$/.exec(from)?.[1] ?? '';

const take = (mailbox: Mailbox, gate: Gate, accessKeyId: string, body: string): Answer => {
  const { from, ...mail } = mailOf(parsed(body));
  const resource = `arn:aws:ses:${region}:${account}:identity/${domainOf(from)}`;
  const call = { accessKeyId, action: 'ses:SendEmail', resource };
  const reason = gate.authorize(call);
  if (reason !== undefined) throw new SesRefused(403, 'AccessDeniedException', gate.sentence(call, reason));
  return json(200, { MessageId: `local-${mailbox.keep(mail)}` });
};

const noStore = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Only this machine's own names: a page of elsewhere that points its name here reads nobody's codes. */
const isHere = (host = ''): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);

const show = (mailbox: Mailbox, request: IncomingMessage, url: URL): Answer | undefined => {
  if (request.method !== 'GET' || !isHere(request.headers.host)) return undefined;
  if (url.pathname !== '/' && url.pathname !== '/mails.json') return undefined;
  const mails = mailbox.list(url.searchParams.get('to') ?? undefined);
  if (url.pathname === '/mails.json') {
    const found = json(200, { mails });
    return { ...found, headers: { ...found.headers, ...noStore } };
  }
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, ...noStore };
  return { status: 200, body: mailPage(mails), headers };
};

const answer = async (mailbox: Mailbox, gate: Gate, request: IncomingMessage): Promise<Answer> => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (request.method === 'POST' && url.pathname === '/v2/email/outbound-emails') {
    const body = (await readBody(request)) ?? '';
    const caller = signerOf(request, body, { service: 'ses', secretOf: gate.secretOf, otherBody });
    return take(mailbox, gate, caller, body);
  }
  request.resume();
  const page = show(mailbox, request, url);
  if (page) return page;
  throw new SesRefused(
    404,
    'NotFoundException',
    `${request.method} ${url.pathname} is not available in the local cloud.`,
  );
};

const refusal = (error: unknown, fault: (error: unknown) => void): Answer => {
  if (error instanceof SesRefused) return json(error.status, { message: error.message }, error.code);
  if (error instanceof SignatureRefused) return json(403, { message: error.message }, error.code);
  fault(error);
  return json(500, { message: 'The service failed; see the log of the cloud.' }, 'InternalFailure');
};

/** Serves SES and the page of mails on `port` (0: any free one). Throws PORT_TAKEN. */
export async function serveMail(
  mailbox: Mailbox,
  { gate, port, fault }: { gate: Gate; port: number; fault: (error: unknown) => void },
): Promise<Listening> {
  const server = createServer(async (request, response) => {
    const { status, body, headers } = await answer(mailbox, gate, request).catch((error: unknown) =>
      refusal(error, fault),
    );
    response.writeHead(status, { ...headers, 'x-amzn-requestid': randomUUID() }).end(body);
  });
  return listen(server, port, 'mail');
}
