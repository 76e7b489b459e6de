// What answers people: API, progress, and the background work behind them.
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { Api } from '../features/api.ts';
import { Audit } from '../features/audit.ts';
import { Progress } from '../features/progress.ts';
import { Publishing } from '../features/publishing.ts';
import { Purge } from '../features/purge.ts';
import { Sweep } from '../features/sweep.ts';
import { Tenancy } from '../features/tenancy.ts';
import type { Consumers } from '../features/tenant.ts';
import { Usage } from '../features/usage.ts';
import { DeadLetters } from '../patterns/dead-letters.ts';
import type { Ground, Machines } from '../patterns/ground.ts';

export type AppProps = {
  readonly config: StageConfig;
  readonly ground: Ground;
  /** That it starts and stops. */
  readonly machines: Machines;
};

export class AppStack extends Stack {
  /** Those who follow the streams of tables. */
  readonly consumers: Consumers;

  constructor(scope: Construct, id: string, { config, ground, machines }: AppProps) {
    // a template may have a million bytes, and a third of it were blanks
    super(scope, id, { suppressTemplateIndentation: true });
    const progress = new Progress(this, 'Progress', { config, ground });
    const { queue: purge, name: purging } = new Purge(this, 'Purge', { config, ground });
    const { machines: tenancy } = new Tenancy(this, 'Tenancy', { config, ground, socket: progress.socket });
    const reach = { ...ground, machines, tenancy, purge, socket: progress.socket };
    const publishing = new Publishing(this, 'Publishing', { config, ground, reach });
    const audit = new Audit(this, 'Audit', { config, ground });
    const usage = new Usage(this, 'Usage', { config, ground });
    this.consumers = { core: [publishing, usage], audit: [audit] };
    new Sweep(this, 'Sweep', { config, ground, reach });
    // the queues of all the others are looked at by one of its functions
    const { url } = new Api(this, 'Api', {
      config,
      ground,
      reach: { ...reach, queues: { [purging]: purge, ...deadLetters(this) } },
    });
    new CfnOutput(this, 'ApiUrl', { value: url });
    new CfnOutput(this, 'SocketUrl', { value: progress.socket.url });
  }
}

/** The dead letters of everything that was made so far, by whose they are; those of work lie in its own stack. */
const deadLetters = (stack: Stack): Record<string, DeadLetters> =>
  Object.fromEntries(
    stack.node.root.node
      .findAll()
      .filter((one) => one instanceof DeadLetters)
      .map((one) => [`${one.of}/dead-letters`, one]),
  );
