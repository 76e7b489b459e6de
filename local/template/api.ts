// AWS::ApiGatewayV2::Api with its routes, integrations, authorizers and stage, HTTP and WebSocket.
import * as z from 'zod';
import { refuse } from './resolve.ts';
import { boolean, ignored, number, type Resource, read } from './resource.ts';

export type CorsPlan = {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  /** Seconds a preflight may be cached. */
  readonly maxAge?: number;
};

export type AuthorizerPlan = {
  readonly id: string;
  readonly name: string;
  /** ARN of the function. */
  readonly function: string;
  /** `$request.header.Authorization`, …; a request without one of them is refused before the function is asked. */
  readonly identitySource: readonly string[];
  /** Seconds an answer is kept. */
  readonly ttl: number;
};

export type RoutePlan = {
  /** `GET /projects/{id}`, `$default`, `$connect`, … */
  readonly key: string;
  /** ARN of the function. */
  readonly function: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly authorizer?: AuthorizerPlan;
  /** WebSocket: the function's answer goes back to the client. */
  readonly answers: boolean;
};

export type ApiPlan = {
  readonly id: string;
  readonly logicalId: string;
  readonly protocol: 'HTTP' | 'WEBSOCKET';
  readonly stage: string;
  readonly stageVariables: Record<string, string>;
  readonly cors?: CorsPlan;
  /** WebSocket: `$request.body.action` */
  readonly routeSelection: string;
  readonly routes: readonly RoutePlan[];
};

const texts = z.array(z.string());

const apiSchema = z.strictObject({
  Name: z.string().optional(),
  ProtocolType: z.enum(['HTTP', 'WEBSOCKET']),
  RouteSelectionExpression: z.string().default('$request.body.action'),
  CorsConfiguration: z
    .strictObject({
      AllowOrigins: texts.default([]),
      AllowMethods: texts.default([]),
      AllowHeaders: texts.default([]),
      ExposeHeaders: texts.default([]),
      AllowCredentials: boolean.default(false),
      MaxAge: number.optional(),
    })
    .optional(),
  Description: ignored,
  DisableExecuteApiEndpoint: ignored,
  IpAddressType: ignored,
  Tags: ignored,
});

const integrationSchema = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY', 'only Lambda integrations (AWS_PROXY) run here'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.string().optional(),
  TimeoutInMillis: number.optional(),
  IntegrationMethod: ignored,
  ContentHandlingStrategy: ignored,
  Description: ignored,
});

const routeSchema = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.enum(['NONE', 'CUSTOM'], 'only NONE and CUSTOM (a Lambda authorizer) run here').default('NONE'),
  AuthorizerId: z.string().optional(),
  RouteResponseSelectionExpression: z.string().optional(),
  ApiKeyRequired: z.literal(false).optional(),
  OperationName: ignored,
});

const authorizerSchema = z.strictObject({
  ApiId: z.string(),
  AuthorizerType: z.literal('REQUEST', 'only Lambda authorizers (REQUEST) run here'),
  AuthorizerUri: z.string(),
  Name: z.string(),
  AuthorizerPayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 runs here'),
  EnableSimpleResponses: boolean.refine((simple) => simple, 'only simple responses (isAuthorized) run here'),
  IdentitySource: texts.default([]),
  AuthorizerResultTtlInSeconds: number.default(300),
});

const stageSchema = z.strictObject({
  ApiId: z.string(),
  StageName: z.string(),
  StageVariables: z.record(z.string(), z.string()).default({}),
  // One machine has nobody to throttle, and every call is written to the log of its function.
  AutoDeploy: ignored,
  DeploymentId: ignored,
  AccessLogSettings: ignored,
  DefaultRouteSettings: ignored,
  RouteSettings: ignored,
  Description: ignored,
  Tags: ignored,
});

const file = 'api.ts';
const httpTimeout = 30_000;
const socketTimeout = 29_000;

/** The function in an integration or authorizer URI: a plain ARN, or wrapped in API Gateway's invocation path. */
const functionArn = (resource: Resource, uri: string): string =>
  /arn:aws:lambda:[^/]*:function:[^/]+/.exec(uri)?.[0] ??
  refuse(resource, `${uri} does not name a function.`, 'Only Lambda integrations run here.');

const of = (all: readonly Resource[], type: string): readonly Resource[] =>
  all.filter((resource) => resource.type === `AWS::ApiGatewayV2::${type}`);

const readAuthorizers = (all: readonly Resource[]): Map<string, AuthorizerPlan> =>
  new Map(
    of(all, 'Authorizer').map((resource) => {
      const properties = read(resource, authorizerSchema, file);
      return [
        resource.identity.ref,
        {
          id: resource.identity.ref,
          name: properties.Name,
          function: functionArn(resource, properties.AuthorizerUri),
          identitySource: properties.IdentitySource,
          ttl: properties.AuthorizerResultTtlInSeconds,
        },
      ];
    }),
  );

const readIntegrations = (all: readonly Resource[]): Map<string, { function: string; timeout?: number }> =>
  new Map(
    of(all, 'Integration').map((resource) => {
      const properties = read(resource, integrationSchema, file);
      const timeout = properties.TimeoutInMillis;
      return [
        resource.identity.ref,
        { function: functionArn(resource, properties.IntegrationUri), ...(timeout !== undefined && { timeout }) },
      ];
    }),
  );

const readRoutes = (all: readonly Resource[], api: string, limit: number): RoutePlan[] => {
  const integrations = readIntegrations(all);
  const authorizers = readAuthorizers(all);
  return of(all, 'Route').flatMap((resource) => {
    const properties = read(resource, routeSchema, file);
    if (properties.ApiId !== api) return [];
    const integration = integrations.get(properties.Target.slice('integrations/'.length));
    if (!integration)
      return refuse(resource, `its target ${properties.Target} is not in the template.`, 'Run `npm run synth` again.');
    const authorizer = authorizers.get(properties.AuthorizerId ?? '');
    if (properties.AuthorizationType === 'CUSTOM' && !authorizer)
      return refuse(
        resource,
        'its authorizer is not in the template.',
        'Give the route an authorizer of the same app.',
      );
    if (authorizer && limit === socketTimeout)
      return refuse(
        resource,
        'authorizers of WebSocket routes do not run here.',
        'Check the ticket in the $connect function.',
      );
    return {
      key: properties.RouteKey,
      function: integration.function,
      timeout: Math.min(integration.timeout ?? limit, limit),
      answers: properties.RouteResponseSelectionExpression === '$default',
      ...(authorizer && { authorizer }),
    };
  });
};

/** Every API of the assembly with all that hangs on it. `all` are the resolved resources of all stacks. */
export function readApis(all: readonly Resource[]): ApiPlan[] {
  return of(all, 'Api').map((resource) => {
    const properties = read(resource, apiSchema, file);
    const id = resource.identity.ref;
    const stages = of(all, 'Stage')
      .map((stage) => read(stage, stageSchema, file))
      .filter((stage) => stage.ApiId === id);
    const [stage] = stages;
    if (!stage || stages.length > 1) return refuse(resource, `it has ${stages.length} stages.`, 'Give it exactly one.');
    const cors = properties.CorsConfiguration;
    if (properties.ProtocolType === 'HTTP' && stage.StageName !== '$default')
      return refuse(resource, `its stage is ${stage.StageName}.`, 'HTTP APIs run here on the stage $default.');
    return {
      id,
      logicalId: resource.logicalId,
      protocol: properties.ProtocolType,
      stage: stage.StageName,
      stageVariables: stage.StageVariables,
      routeSelection: properties.RouteSelectionExpression,
      routes: readRoutes(all, id, properties.ProtocolType === 'HTTP' ? httpTimeout : socketTimeout),
      ...(cors && {
        cors: {
          origins: cors.AllowOrigins,
          methods: cors.AllowMethods,
          headers: cors.AllowHeaders,
          exposed: cors.ExposeHeaders,
          credentials: cors.AllowCredentials,
          ...(cors.MaxAge !== undefined && { maxAge: cors.MaxAge }),
        },
      }),
    };
  });
}
