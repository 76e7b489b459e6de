// The table stream as outbox: what a commit announced is published by one function, in order.
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { published } from '../../core/platform/event.ts';
import type { StageConfig } from '../config.ts';
import type { Ground, Reach } from '../patterns/ground.ts';
import { events, StreamConsumer } from '../patterns/stream-consumer.ts';

export type PublishingProps = { readonly config: StageConfig; readonly ground: Ground; readonly reach: Reach };

export class Publishing extends StreamConsumer {
  constructor(scope: Construct, id: string, props: PublishingProps) {
    // changes of shots and questions to models are many, and nothing follows from them here
    const rows = events(FilterRule.or(...published));
    super(scope, id, { ...props, which: 'core', name: 'stream-publish', rows, severity: 'page' });
  }
}
