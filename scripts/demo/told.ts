// A refusal in both languages: the API says it in the one that was asked for, its code gives the other.
import { Failure, type FailureCode } from '../../core/platform/failure.ts';
import { sentences } from '../../core/platform/sentences.ts';
import { Refusal } from '../../web/src/data/call.ts';

const known = (code: string): code is FailureCode => Object.hasOwn(sentences, code);

/** The sentence of an error, Chinese first. One that has no code of ours is told as it is. */
export function told(error: unknown): string {
  if (error instanceof Failure) return `${error.say('zh-CN')} · ${error.say('en')}`;
  if (error instanceof Refusal && known(error.code))
    return `${error.message} · ${new Failure(error.code, error.details).say('en')}`;
  return error instanceof Error ? error.message : String(error);
}
