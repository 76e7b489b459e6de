// Cross-origin rules of an HTTP API: API Gateway answers preflights itself and sets its own headers on every answer.
import type { IncomingMessage } from 'node:http';
import type { CorsPlan } from '../template/api.ts';

const admits = (allowed: readonly string[], wanted: string): boolean =>
  allowed.some((one) => {
    const [start = '', end] = one.toLowerCase().split('*');
    const given = wanted.toLowerCase();
    return end === undefined ? given === start : given.startsWith(start) && given.endsWith(end);
  });

const common = (cors: CorsPlan, origin: string): Record<string, string> => ({
  'access-control-allow-origin': cors.origins.includes('*') && !cors.credentials ? '*' : origin,
  ...(cors.credentials && { 'access-control-allow-credentials': 'true' }),
  vary: 'origin',
});

export const isPreflight = (request: IncomingMessage): boolean =>
  request.method === 'OPTIONS' &&
  request.headers.origin !== undefined &&
  request.headers['access-control-request-method'] !== undefined;

/** Headers of a 204; none of them when the origin, the method or a header is not admitted. */
export function preflightHeaders(cors: CorsPlan, request: IncomingMessage): Record<string, string> {
  const origin = request.headers.origin ?? '';
  const method = request.headers['access-control-request-method'] ?? '';
  const wanted = (request.headers['access-control-request-headers'] ?? '')
    .split(',')
    .flatMap((name) => name.trim() || []);
  const admitted =
    admits(cors.origins, origin) && admits(cors.methods, method) && wanted.every((name) => admits(cors.headers, name));
  if (!admitted) return {};
  return {
    ...common(cors, origin),
    'access-control-allow-methods': cors.methods.join(','),
    ...(cors.headers.length && { 'access-control-allow-headers': cors.headers.join(',') }),
    ...(cors.maxAge !== undefined && { 'access-control-max-age': String(cors.maxAge) }),
  };
}

/** Headers added to an ordinary answer. */
export function corsHeaders(cors: CorsPlan, request: IncomingMessage): Record<string, string> {
  const origin = request.headers.origin;
  if (origin === undefined || !admits(cors.origins, origin)) return {};
  return {
    ...common(cors, origin),
    ...(cors.exposed.length && { 'access-control-expose-headers': cors.exposed.join(',') }),
  };
}
