// Progress over a WebSocket: a one-time ticket opens it, the stream's publisher pushes into it.
import { Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from '../patterns/acknowledge.ts';
import type { Ground, Reach } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';

const stageName = 'ws';

export class Progress extends Construct {
  /** What a function needs to push, and to tell clients where. */
  readonly socket: NonNullable<Reach['socket']>;

  constructor(scope: Construct, id: string, { config, ground }: { config: StageConfig; ground: Ground }) {
    super(scope, id);
    const api = new WebSocketApi(this, 'Api', {
      description: 'Progress of work',
      routeSelectionExpression: '$request.body.action',
    });
    const host = `${api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}/${stageName}`;
    this.socket = {
      url: `wss://${host}`,
      endpoint: `https://${host}`,
      // POST pushes, DELETE hangs up: the method is part of the ARN
      connections: ['POST', 'DELETE'].map((method) =>
        Stack.of(this).formatArn({
          service: 'execute-api',
          resource: api.apiId,
          resourceName: `${stageName}/${method}/@connections/*`,
        }),
      ),
    };
    const reach = { ...ground, socket: this.socket };
    const answering = new ServiceFunction(this, 'socket', { config, reach, alarms: ground.alarms }).function;
    for (const route of ['$connect', '$disconnect', '$default'])
      api.addRoute(route, { integration: new WebSocketLambdaIntegration(`${route.slice(1)}-socket`, answering) });
    const stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName,
      autoDeploy: true,
      throttle: { rateLimit: config.throttle.rate, burstLimit: config.throttle.burst },
    });
    acknowledge(stage, 'socket-stage');
    acknowledge(api, 'socket-routes');
  }
}
