// Cross-origin rules of a bucket, in the words of the template (AWS::S3::Bucket CorsConfiguration.CorsRules).
import { S3Failure } from './failure.ts';

export type CorsRule = {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  /** seconds */
  readonly MaxAge?: number;
};

type Ask = { readonly origin: string; readonly method: string; readonly headers: readonly string[] };

/** A pattern may hold one `*`. */
const matches = (pattern: string, text: string): boolean => {
  const [before, after] = pattern.split('*');
  if (before === undefined || after === undefined) return pattern === text;
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
};

const ruleFor = (rules: readonly CorsRule[], ask: Ask): CorsRule | undefined =>
  rules.find(
    (rule) =>
      rule.AllowedOrigins.some((origin) => matches(origin, ask.origin)) &&
      rule.AllowedMethods.includes(ask.method) &&
      ask.headers.every((name) => rule.AllowedHeaders?.some((allowed) => matches(allowed.toLowerCase(), name))),
  );

const vary = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';

const answer = (rule: CorsRule, ask: Ask): Record<string, string> => ({
  ...(rule.AllowedOrigins.includes('*')
    ? { 'access-control-allow-origin': '*' }
    : { 'access-control-allow-origin': ask.origin, 'access-control-allow-credentials': 'true' }),
  'access-control-allow-methods': rule.AllowedMethods.join(', '),
  ...(rule.ExposedHeaders?.length ? { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') } : {}),
  ...(ask.headers.length > 0 ? { 'access-control-allow-headers': ask.headers.join(', ') } : {}),
  ...(rule.MaxAge === undefined ? {} : { 'access-control-max-age': String(rule.MaxAge) }),
  vary,
});

/** Headers of the answer to a real request; none when no rule fits (the browser then refuses it to the page). */
export const corsHeaders = (
  rules: readonly CorsRule[],
  origin: string | undefined,
  method: string,
): Record<string, string> => {
  if (origin === undefined || rules.length === 0) return {};
  const ask = { origin, method, headers: [] };
  const rule = ruleFor(rules, ask);
  return rule ? answer(rule, ask) : { vary };
};

/** Headers of the answer to a preflight. Throws AccessForbidden (403) when no rule allows what is asked. */
export const preflight = (
  rules: readonly CorsRule[],
  header: (name: string) => string | undefined,
): Record<string, string> => {
  const [origin, method] = [header('origin'), header('access-control-request-method')];
  if (!origin || !method)
    throw new S3Failure('InvalidRequest', 'Insufficient information. Origin request header needed.');
  if (rules.length === 0) throw new S3Failure('AccessForbidden');
  const headers = (header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const rule = ruleFor(rules, { origin, method, headers });
  if (!rule)
    throw new S3Failure(
      'AccessForbidden',
      'CORSResponse: This CORS request is not allowed. No rule of the bucket allows this Origin with this Access-Control-Request-Method and these Access-Control-Request-Headers.',
    );
  return answer(rule, { origin, method, headers });
};
