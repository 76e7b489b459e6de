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
        'Scripts in, storyboards out. Answers come in an envelope; lists page by cursor; changes name the version they are based on; every POST takes an Idempotency-Key. Times (`timestamp`, `…_at`) are milliseconds since 1970, UTC; money in `micros` is millionths. Sentences are told in Chinese, or in English to whoever sends Accept-Language: en. Signed-in calls are answered RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset, refused ones of them 429 with Retry-After. Every answer has x-request-id: tell it when something is wrong. What the gateway refuses before it reaches the API comes without the envelope, as GatewayRefusal: 401 of a call without a token or with one that is none, 404 of an address that is none of these, 413 of a body that is too large, 431 of headers that are.',
    },
    servers: [{ url: '/' }],
    /** Scopes by role; `x-needs` of a call is one of them, `self` or `public`. */
    'x-roles': rolesOf(),
    paths,
    components: {
      schemas: { Failure: failure, GatewayRefusal: gatewayRefusal },
      securitySchemes: { token },
    },
  };
}

const token = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    'The access token of a sign-in (`POST /api/v1/auth/login`), or an API key (`slk_…`, `POST /api/v1/api-keys`).',
};

const failure: JsonSchema = {
  type: 'object',
  required: ['success', 'error', 'timestamp'],
  properties: {
    success: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message', 'details'],
      properties: {
        code: {
          type: 'string',
          description:
            '`x-sentences` has the status and the sentence of each; what stands in braces there is in `details`.',
          enum: Object.keys(sentences),
          'x-sentences': sentences,
        },
        message: {
          type: 'string',
          description: 'For people: what went wrong and what to do, in the language asked for.',
        },
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
    ...(method === 'POST' ? [header('Idempotency-Key', idempotencyKey)] : []),
    ...(method !== 'GET' && takesVersion ? [header('If-Match', ifMatch)] : []),
  ];
}

const idempotencyKey: JsonSchema = {
  type: 'string',
  description:
    'A text of your own for this call, such as a UUID: sent again with the same body within a day, it is answered what the first was and does nothing; with another body it is refused.',
  maxLength: 255,
};

/** Fields that mean the same wherever they are asked for, and are not said by their verb. */
const meaning: Readonly<Record<string, string>> = {
  cursor: 'Where the page before ended: its `next_cursor`. It counts for the same list with the same filters alone.',
  size: 'How many a page has.',
  page: 'The page of this number, with `pagination`, in place of `cursor`.',
  version:
    'The version the change is based on, as it was read. When somebody was faster it is refused with the current one.',
};

const explained = (name: string, schema: JsonSchema): JsonSchema => {
  const description = meaning[name];
  return description && !schema.description ? { description, ...schema } : schema;
};

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
  const rest = Object.entries(properties)
    .filter(([name]) => !inPath.includes(name))
    .map(([name, schema]) => [name, explained(name, schema)] as const);
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
