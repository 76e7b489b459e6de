// The policy of a browser form upload: who signed it, until when it counts, what it allows.
// Source: "Creating a POST policy" and "Calculating a signature", Amazon S3 API Reference.
import { createHmac } from 'node:crypto';
import { type SecretOf, sameHex, secretFor, signingKey, tokenName } from '../../signature/index.ts';
import { S3Failure } from './failure.ts';

type Condition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string; readonly text: string }
  | { readonly kind: 'length'; readonly least: number; readonly most: number };

export type Policy = { readonly expires: number; readonly conditions: readonly Condition[] };

const broken = (why: string): S3Failure => new S3Failure('AccessDenied', `Invalid according to Policy: ${why}`);

const conditionOf = (raw: unknown): Condition[] => {
  const text = JSON.stringify(raw);
  if (Array.isArray(raw)) {
    const [operator, first, second]: unknown[] = raw;
    const kind = String(operator).toLowerCase();
    if (kind === 'content-length-range') return [{ kind: 'length', least: Number(first), most: Number(second) }];
    if ((kind === 'eq' || kind === 'starts-with') && typeof first === 'string' && typeof second === 'string')
      return [{ kind, field: first.replace(/^\$/, '').toLowerCase(), value: second, text }];
    throw new S3Failure('InvalidRequest', `Invalid Policy: Invalid condition ${text}`);
  }
  return Object.entries((raw ?? {}) as Record<string, unknown>).map(([field, value]) => ({
    kind: 'eq',
    field: field.toLowerCase(),
    value: String(value),
    text,
  }));
};

const policyOf = (base64: string): Policy => {
  try {
    const { expiration, conditions } = JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as Record<
      string,
      unknown
    >;
    const expires = Date.parse(String(expiration));
    if (Array.isArray(conditions) && !Number.isNaN(expires))
      return { expires, conditions: conditions.flatMap(conditionOf) };
  } catch (error) {
    if (error instanceof S3Failure) throw error;
  }
  throw new S3Failure(
    'InvalidRequest',
    'Invalid Policy: the policy must be base64 of JSON with expiration and conditions.',
  );
};

/** Who signed the form and what the policy says. `fields` have lower-case names. Throws AccessDenied. */
export const provePolicy = (
  fields: ReadonlyMap<string, string>,
  secretOf: SecretOf,
): { accessKeyId: string; policy: Policy } => {
  const [policy, signature] = [fields.get('policy'), fields.get('x-amz-signature')];
  if (!policy || !signature) throw new S3Failure('AccessDenied', 'Access Denied: the form carries no signed policy.');
  const [accessKeyId = '', day = '', region = '', service = ''] = (fields.get('x-amz-credential') ?? '').split('/');
  if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256' || service !== 's3')
    throw new S3Failure(
      'AccessDenied',
      'Access Denied: the form must carry x-amz-algorithm AWS4-HMAC-SHA256 and an x-amz-credential for s3.',
    );
  const secret = secretFor(secretOf, accessKeyId, fields.get(tokenName));
  const wanted = createHmac('sha256', signingKey(secret, { day, region, service })).update(policy).digest('hex');
  if (!sameHex(wanted, signature))
    throw new S3Failure(
      'AccessDenied',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  return { accessKeyId, policy: policyOf(policy) };
};

const uncounted = new Set(['policy', 'x-amz-signature', 'file']);

/** Holds a form against its policy. Throws AccessDenied, EntityTooLarge or EntityTooSmall. */
export const checkForm = (
  policy: Policy,
  form: { fields: ReadonlyMap<string, string>; bucket: string; size: number; now: number },
): void => {
  if (form.now > policy.expires) throw broken('Policy expired.');
  const fields = new Map([...form.fields, ['bucket', form.bucket]]);
  for (const condition of policy.conditions) {
    if (condition.kind === 'length') {
      const sizes = {
        ProposedSize: String(form.size),
        MinSizeAllowed: String(condition.least),
        MaxSizeAllowed: String(condition.most),
      };
      if (form.size > condition.most) throw new S3Failure('EntityTooLarge', undefined, sizes);
      if (form.size < condition.least) throw new S3Failure('EntityTooSmall', undefined, sizes);
      continue;
    }
    const value = fields.get(condition.field) ?? '';
    const holds = condition.kind === 'eq' ? value === condition.value : value.startsWith(condition.value);
    if (!holds) throw broken(`Policy Condition failed: ${condition.text}`);
  }
  const named = new Set(policy.conditions.flatMap((one) => (one.kind === 'length' ? [] : [one.field])));
  const extra = [...form.fields.keys()].filter(
    (name) => !named.has(name) && !uncounted.has(name) && !name.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw broken(`Extra input fields: ${extra.join(', ')}`);
};
