// The HTTP API: one function per noun, its routes from functions/http/routes.ts, one authorizer for all that ask for a token.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/catalog.ts';
import { routes } from '../../functions/http/routes.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from '../patterns/acknowledge.ts';
import { alarm, fiveMinutes } from '../patterns/alarm.ts';
import type { Ground, Reach } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';
import { vendedLogs } from '../patterns/vended-logs.ts';

type Props = { readonly config: StageConfig; readonly ground: Ground; readonly reach: Reach };

/** What is written of each call: who by tenant, never a token, an address or a body. */
const accessLog = JSON.stringify({
  request: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  tenant: '$context.authorizer.tenant_id',
  error: '$context.integrationErrorMessage',
  refused: '$context.authorizer.error',
});

export class Api extends Construct {
  readonly url: string;
  private readonly props: Props;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    this.props = props;
    const { config } = props;
    const api = new HttpApi(this, 'Api', {
      description: `Scriptloom ${config.stage}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [...config.origins],
        allowMethods: [CorsHttpMethod.ANY],
        allowHeaders: ['authorization', 'content-type', 'accept-language', 'idempotency-key', 'if-match'],
        exposeHeaders: [
          'x-request-id',
          'idempotent-replay',
          'content-disposition',
          'ratelimit-limit',
          'ratelimit-remaining',
          'ratelimit-reset',
          'retry-after',
        ],
        maxAge: config.corsCache,
      },
    });
    this.addRoutes(api);
    this.addStage(api);
    this.watch(api);
    this.url = api.apiEndpoint;
  }

  private make(name: FunctionName) {
    const { config, ground, reach } = this.props;
    return new ServiceFunction(this, name, { config, reach, alarms: ground.alarms }).function;
  }

  private addRoutes(api: HttpApi): void {
    const names = [...new Set(routes.map(({ function: name }) => name))];
    const integrations = new Map(
      names.map((name) => [
        name,
        new HttpLambdaIntegration(`${name}-integration`, this.make(name), { scopePermissionToRoute: false }),
      ]),
    );
    const authorizer = new HttpLambdaAuthorizer('token', this.make('authorizer'), {
      authorizerName: 'token',
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: ['$request.header.Authorization'],
      resultsCacheTtl: this.props.config.authorizerCache,
    });
    const open = new HttpNoneAuthorizer();
    for (const { method, path, function: name, auth } of routes) {
      const integration = integrations.get(name);
      if (!integration) throw new Error(`${name} has a route and no function.`);
      const made = api.addRoutes({
        path,
        methods: [method as HttpMethod],
        integration,
        authorizer: auth === 'none' ? open : authorizer,
      });
      if (auth === 'none') for (const route of made) acknowledge(route, 'open-route');
    }
  }

  private addStage(api: HttpApi): void {
    const { logRetention, throttle } = this.props.config;
    new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            logGroupName: vendedLogs(this.props.config, 'apis', 'api'),
            retention: logRetention,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(accessLog),
      },
    });
  }

  private watch(api: HttpApi): void {
    const { config, ground } = this.props;
    alarm(this, config, ground.alarms, {
      name: 'api/server-errors',
      severity: 'page',
      whenItFails: 'one call of the API in twenty fails',
      runbook: 'an-http-function-fails',
      // percent; a handful of calls proves nothing
      metric: new MathExpression({
        expression: 'IF(calls > 20, 100 * errors / calls, 0)',
        usingMetrics: {
          calls: api.metricCount({ period: fiveMinutes, statistic: 'Sum' }),
          errors: api.metricServerError({ period: fiveMinutes, statistic: 'Sum' }),
        },
        period: fiveMinutes,
      }),
      threshold: 5,
    });
    alarm(this, config, ground.alarms, {
      name: 'api/latency',
      severity: 'ticket',
      whenItFails: 'one call in a hundred takes three seconds or more',
      runbook: 'the-api-is-slow',
      metric: api.metricLatency({ period: fiveMinutes, statistic: 'p99' }),
      threshold: 3000,
      periods: 3,
    });
  }
}
