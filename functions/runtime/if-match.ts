// If-Match (RFC 9110, 13.1.1): the version that a change is based on, where it is not said in the body or the query.
import { Failure } from '../../core/platform/failure.ts';
import { words } from '../../core/platform/words.ts';

/** One entity tag, also a weak one: versions are the same or not. Without quote marks it was always taken. */
const tag = /^(?:W\/"(\d{1,15})"|"(\d{1,15})"|(\d{1,15}))$/;

const reasons = {
  any: words(
    'If-Match：不支持 *，请给出所依据的版本号，如 "3"',
    'If-Match: * is not taken; name the version that the change is based on, such as "3"',
  ),
  malformed: words('If-Match：请给出一个版本号，如 "3"', 'If-Match: must be one version, such as "3"'),
  differs: words('If-Match 与 version 不一致，请只给出一个', 'If-Match and version differ; give one of them'),
};

/**
 * The version that a request names in its header; undefined where it has none. `said`: what it names elsewhere.
 * Throws INVALID_REQUEST for `*`, for what is no version, and where the two differ.
 */
export function versionOf(header: string | undefined, said: unknown): number | undefined {
  if (header === undefined) return undefined;
  const given = header.trim();
  if (given === '*') throw refused('any');
  const version = tag
    .exec(given)
    ?.slice(1)
    .find((digits) => digits !== undefined);
  if (version === undefined) throw refused('malformed');
  if (said !== undefined && Number(said) !== Number(version)) throw refused('differs');
  return Number(version);
}

const refused = (why: keyof typeof reasons) => new Failure('INVALID_REQUEST', { reason: reasons[why] });
