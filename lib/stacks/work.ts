// What runs longer than a request: the state machines of breakdown and writing, and their steps. It stands on the data alone; the app starts it.
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { Work } from '../features/work.ts';
import type { Ground, Machines } from '../patterns/ground.ts';

export class WorkStack extends Stack {
  readonly machines: Machines;

  constructor(scope: Construct, id: string, { config, ground }: { config: StageConfig; ground: Ground }) {
    super(scope, id);
    this.machines = new Work(this, 'Work', { config, ground }).machines;
  }
}
