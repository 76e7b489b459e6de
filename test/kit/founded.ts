// A tenant in a place that stands ready in lib/tenants.ts: founded by whoever runs the platform, joined by its owner.
import type { OwnPlace } from '../../lib/tenants.ts';
import { clientOf, password } from './client.ts';
import { type anOperator, invitationTo, until } from './operator.ts';

export async function aPlaced(platform: Awaited<ReturnType<typeof anOperator>>, { tenant: place, tier }: OwnPlace) {
  const email = `owner-of-${tier}@example.com`;
  await platform.platformOnboard({ name: `${tier} studio`, plan: 'enterprise', email, tier, place });
  const done = await until(
    () => platform.platformOnboarding({ id: place }),
    ({ status }) => status !== 'running',
  );
  if (done.status !== 'done') throw new Error(`the ${tier} was not founded: ${JSON.stringify(done.failed)}`);
  const invitation = await invitationTo(email);
  const { token } = await clientOf().memberRegister({ email, password, name: `owner of ${tier}`, invitation });
  return { tenant: place, tier, email, access: token?.access ?? '', client: clientOf(token?.access) };
}
