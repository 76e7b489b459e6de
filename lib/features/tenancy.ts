// How tenants come and go: two state machines, and the one function behind each.
import { Construct } from 'constructs';
import { workflows } from '../../statemachines/index.ts';
import type { StageConfig } from '../config.ts';
import type { Ground, Reach } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';
import { Workflow } from '../patterns/workflow.ts';

type Props = {
  readonly config: StageConfig;
  readonly ground: Ground;
  readonly socket: NonNullable<Reach['socket']>;
};

export class Tenancy extends Construct {
  readonly machines: NonNullable<Reach['tenancy']>;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    this.machines = {
      onboarding: this.machine('tenant-onboarding', 'tenancy-onboard', props),
      offboarding: this.machine('tenant-offboarding', 'tenancy-offboard', props),
    };
  }

  private machine(
    name: 'tenant-onboarding' | 'tenant-offboarding',
    step: 'tenancy-onboard' | 'tenancy-offboard',
    { config, ground, socket }: Props,
  ) {
    const { alarms } = ground;
    const { function: made } = new ServiceFunction(this, step, { config, reach: { ...ground, socket }, alarms });
    const { whenItFails } = workflows[name];
    return new Workflow(this, name, { config, alarms, functionOf: () => made, whenItFails }).machine;
  }
}
