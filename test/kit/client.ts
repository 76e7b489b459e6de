// People of their own tenant on the running cloud, as clients know them.
import { inject } from 'vitest';
import { api } from '../../web/src/data/api.ts';
import { caller } from '../../web/src/data/call.ts';

export const password = 'Lantern-Test-2026!';

let count = 0;
const anAddress = (name: string) => `${name}-${process.pid}-${Date.now()}-${++count}@example.com`;

/** A client as somebody with this token has it, or as anyone. */
export const clientOf = (token?: string) =>
  api(caller({ origin: inject('cloud').apiUrl, ...(token !== undefined && { token: () => token }), language: 'en' }));

/** A client with a token of that sign-in that may change the account; its refresh token is used up. */
export async function forAccount(of: { refresh: string } | undefined) {
  const { token } = await clientOf().memberRefresh({ refresh: of?.refresh ?? '', account: true });
  return clientOf(token.access);
}

/** Registers a person with a new tenant and signs in. */
export const aPerson = (name = 'person') => registered(name, anAddress(name), { tenant_name: `${name} studio` });

/** A person who joins another's tenant, with a role there. */
export async function aMember(owner: { client: ReturnType<typeof api> }, role: MemberRole) {
  const email = anAddress(role);
  const { code } = await owner.client.invitationCreate({ email, role });
  return registered(role, email, { invitation: code });
}

async function registered(name: string, email: string, place: { tenant_name: string } | { invitation: string }) {
  const { user, token } = await clientOf().memberRegister({ email, password, name, ...place });
  if (!token) throw new Error('the local stage answers a token at once');
  const { apiUrl } = inject('cloud');
  return { email, user, token, client: clientOf(token.access), ...raw(apiUrl, token.access) };
}

type MemberRole = Exclude<Parameters<ReturnType<typeof api>['invitationCreate']>[0]['role'], undefined | 'guest'>;

/** Plain HTTP, for what the typed client would not send. */
function raw(origin: string, token: string) {
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': 'en',
        'content-type': 'application/json',
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { send };
}

/** What an envelope says, of a success or of a refusal. */
export type Said = {
  success: boolean;
  data: Record<string, unknown>;
  message: string;
  error: { code: string; message: string; details: Record<string, unknown> };
};

/** The envelope of an answer. */
export const said = async (answer: Response): Promise<Said> => (await answer.json()) as Said;

export type Person = Awaited<ReturnType<typeof aPerson>>;

/** Starts a breakdown of pasted text and waits for its end. */
export async function brokenDown(person: Person, title: string, text: string) {
  const { client } = person;
  const project = await client.projectCreate({ title });
  const { task_id } = await client.taskParseScript({ project_id: project.id, raw_text: text, title });
  const task = await ended(person, task_id);
  return { project, task };
}

/** The task once it has ended; fails after a minute. */
export async function ended({ client }: Person, id: string) {
  for (let tries = 0; tries < 600; tries++) {
    const task = await client.taskGet({ id });
    if (task.status !== 'pending' && task.status !== 'running') return task;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`task ${id} did not end within a minute`);
}
