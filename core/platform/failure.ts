// Every way a request can be refused: a closed set of codes, each with a status and a sentence that says what to do.
import { sentences } from './sentences.ts';
import { inLocale, type Locale } from './words.ts';

export type FailureCode = keyof typeof sentences;
export type { Locale } from './words.ts';

/** A refusal the caller can act on. `details` may be shown to them: ids, limits, current versions; never secrets or script text. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: FailureCode, details: Record<string, unknown> = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = 'Failure';
    this.code = code;
    this.details = details;
  }

  /** HTTP status of this code. */
  get status(): number {
    return sentences[this.code].status;
  }

  /** The sentence for people; `{name}` is filled from details. */
  say(locale: Locale): string {
    return sentences[this.code][locale].replace(/\{(\w+)\}/g, (_, name: string) =>
      told(inLocale(this.details[name], locale)),
    );
  }

  /** The details as people of this language are shown them. */
  shown(locale: Locale): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.details).map(([name, detail]) => [name, inLocale(detail, locale)]));
  }
}

/** A detail inside a sentence. */
const told = (detail: unknown): string =>
  typeof detail === 'string' || typeof detail === 'number'
    ? String(detail)
    : detail == null
      ? ''
      : JSON.stringify(detail);

/** Whether somebody else was only faster: the same, begun again on the newest state, may succeed. */
export const outrun = (error: unknown): boolean =>
  error instanceof Failure && (error.code === 'STALE_VERSION' || error.code === 'BUSY');

/**
 * Throws STALE_VERSION, with the current one, when a row is no longer at the version that the caller saw. Who named none (to remove or
 * restore may be asked without) goes by what is there.
 */
export function mustBeAt(row: { readonly version: number }, version: number | undefined): void {
  if (version !== undefined && row.version !== version)
    throw new Failure('STALE_VERSION', { current_version: row.version });
}

/** The 404 for everything that does not exist, or exists elsewhere: the same answer, byte for byte, whatever was asked for. */
export const notFound = () => new Failure('NOT_FOUND');
