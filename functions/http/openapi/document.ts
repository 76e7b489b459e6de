// OpenAPI 3.1, generated from the routes and their verbs, so that the description cannot disagree with the code.
import { sentences } from '../../../core/platform/sentences.ts';
import type { ListedRoute } from '../routes.ts';
import { rolesOf } from './permissions.ts';
import { type JsonSchema, jsonSchema, propertiesOf } from './schema.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The API description. `version` is the product's. */
export function openApi(routes: readonly ListedRoute[], version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Scriptloom',
      version,
      description:
        'Scripts in, storyboards out. Answers come in an envelope; lists page by cursor; changes name the version they are based on; every POST takes an Idempotency-Key. What the gateway refuses before it reaches the API comes without the envelope, as GatewayRefusal: 401 of a call without a token or with one that is none, 404 of an address that is none of these, 413 of a body that is too large, 431 of headers that are.',
    },
    servers: [{ url: '/' }],
    /** Scopes by role; `x-needs` of a call is one of them, `self` or `public`. */
    'x-roles': rolesOf(),
    paths,
    components: {
      schemas: { Failure: failure, GatewayRefusal: gatewayRefusal },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

const failure: JsonSchema = {
  type: 'object',
  required: ['success', 'error', 'timestamp'],
  properties: {
    success: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message', 'details'],
      properties: {
        code: { type: 'string', enum: Object.keys(sentences) },
        message: { type: 'string' },
        details: { type: 'object', additionalProperties: true },
      },
    },
    timestamp: { type: 'integer' },
  },
};

/** Of API Gateway itself: `{"message":"Unauthorized"}`. */
const gatewayRefusal: JsonSchema = {
  type: 'object',
  description: 'What the gateway answers by itself: 401, 404, 413 and 431.',
  required: ['message'],
  properties: { message: { type: 'string' } },
};

/** Headers that a call may have, by its method and what it takes. */
function headersOf(method: string, takesVersion: boolean) {
  const header = (name: string, schema: JsonSchema) => ({ name, in: 'header', required: false, schema });
  return [
    ...(method === 'POST' ? [header('Idempotency-Key', { type: 'string', maxLength: 255 })] : []),
    ...(method !== 'GET' && takesVersion ? [header('If-Match', ifMatch)] : []),
  ];
}

const ifMatch: JsonSchema = {
  type: 'string',
  description:
    'The version that the change is based on, such as "3", instead of `version`; one that differs from it is refused.',
  pattern: '^(W/"[0-9]+"|"[0-9]+"|[0-9]+)$',
};

function operation({ method, path, route, auth }: ListedRoute) {
  const { verb } = route;
  const { properties, required } = propertiesOf(jsonSchema(verb.input, 'input'));
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const rest = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  const asQuery = method === 'GET' || method === 'DELETE';
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: properties[name] ?? { type: 'string' } })),
    ...(asQuery
      ? rest.map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
      : []),
    ...headersOf(method, 'version' in properties),
  ];
  const body = {
    type: 'object',
    properties: Object.fromEntries(rest),
    required: required.filter((name) => !inPath.includes(name)),
  };
  return {
    operationId: verb.verbName,
    summary: verb.summary,
    tags: [verb.verbName.split('.')[0]],
    'x-needs': verb.needs,
    security: auth === 'token' ? [{ token: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    ...(!asQuery &&
      rest.length > 0 && {
        requestBody: { required: body.required.length > 0, content: { 'application/json': { schema: body } } },
      }),
    responses: {
      [route.status ?? 200]: success(route),
      default: {
        description: 'Refused: the code says why, the message what to do.',
        content: { 'application/json': { schema: ref('Failure') } },
      },
    },
  };
}

/** The thing under its name and beside it, as the route answers it. */
function named(schema: JsonSchema, as: string | undefined): JsonSchema {
  if (!as) return schema;
  return {
    ...schema,
    properties: { ...schema.properties, [as]: schema },
    required: [...(schema.required ?? []), as],
  };
}

function success(route: ListedRoute['route']) {
  if (route.file) return { description: 'A file.', content: { '*/*': { schema: { type: 'string' } } } };
  const schema: JsonSchema = {
    type: 'object',
    required: ['success', 'data', 'message', 'code', 'timestamp'],
    properties: {
      success: { const: true },
      data: named(jsonSchema(route.verb.output, 'output'), route.as),
      message: { type: 'string' },
      code: { const: 0 },
      timestamp: { type: 'integer' },
    },
  };
  return { description: 'Done.', content: { 'application/json': { schema } } };
}
