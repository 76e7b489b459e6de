// Every way in which models fail, as the model server plays it, and what it comes to.
import type { FailureCode } from '../../../core/platform/failure.ts';

/** How words are spoiled that have the right form: somebody made up, another language, words that stand nowhere. */
export type Spoiling = 'invented' | 'foreign' | 'misquoted';

export type Fault = {
  readonly name: string;
  /** Words of the model server (`scripts/models/behaviour.ts`); none where only the model's words are spoiled. */
  readonly behaviours: string;
  readonly spoiling?: Spoiling;
  /** What it is told as when it does not pass; undefined where it harms nothing. */
  readonly code: FailureCode | undefined;
  /** One that strikes once and then not again is not noticed. */
  readonly passes: boolean;
  /** It was answered, and paid; the answer is no use, so that whoever tries again asks again. */
  readonly answers: boolean;
  /** Nothing was said, and so the same is asked once more in the same words. */
  readonly repeats?: true;
  /** Taken as the one above it: the bench alone plays it. */
  readonly alike?: true;
  /** A text may look like that. */
  readonly objectsOnly?: true;
  /** ms after which a call that it strikes is given up, in place of minutes. */
  readonly patience?: number;
};

const harmless = { code: undefined, passes: true, answers: true } as const;
const unreachable = { code: 'PROVIDER_UNREACHABLE', passes: true, answers: false } as const;
const busy = { code: 'PROVIDER_BUSY', passes: true, answers: false } as const;
const unusable = { code: 'MODEL_ANSWER_UNUSABLE', passes: true, answers: true, objectsOnly: true } as const;
const blocked = { code: 'PROMPT_BLOCKED', passes: false } as const;

export const faults: readonly Fault[] = [
  { name: 'latency', behaviours: 'slow=0.1', ...harmless },
  { name: '429', behaviours: '429', ...busy },
  { name: '429 with Retry-After', behaviours: '429=7', ...busy },
  { name: '429 with a Retry-After of an hour', behaviours: '429=3600', ...busy, passes: false },
  { name: '500', behaviours: '500', ...unreachable },
  { name: '503', behaviours: '503', ...unreachable, alike: true },
  { name: 'connection reset', behaviours: 'reset', ...unreachable },
  { name: 'stall', behaviours: 'stall', ...unreachable, patience: 250 },
  { name: 'answer cut by a reset', behaviours: 'cut', ...unreachable },
  { name: 'answer ended halfway', behaviours: 'half-body', ...unreachable, alike: true },
  { name: 'a page instead of an answer', behaviours: 'html', ...unreachable, alike: true },
  { name: 'error inside 200', behaviours: 'inside', ...unreachable },
  { name: 'half a JSON', behaviours: 'half-json', ...unusable },
  { name: 'fenced JSON', behaviours: 'fenced', ...harmless },
  { name: 'prose around', behaviours: 'prose', ...harmless },
  { name: 'thoughts before it', behaviours: 'thinking', ...harmless, alike: true },
  { name: 'wrong schema', behaviours: 'wrong-schema', ...unusable },
  { name: 'empty answer', behaviours: 'empty', ...unusable, repeats: true },
  { name: 'truncated answer', behaviours: 'truncated', code: 'MODEL_ANSWER_TRUNCATED', passes: true, answers: true },
  { name: 'refusal', behaviours: 'refusal', ...blocked, answers: true },
  { name: 'moderation', behaviours: 'moderation', ...blocked, answers: false },
  { name: 'quota', behaviours: 'quota', code: 'PROVIDER_QUOTA', passes: false, answers: false },
  { name: 'wrong key', behaviours: 'auth', code: 'PROVIDER_KEY_REFUSED', passes: false, answers: false },
  { name: 'unknown model', behaviours: 'model', code: 'MODEL_UNKNOWN', passes: false, answers: false },
  {
    name: 'request refused',
    behaviours: 'invalid',
    code: 'MODEL_REQUEST_REFUSED',
    passes: false,
    answers: false,
    alike: true,
  },
  { name: 'invented people', behaviours: '', spoiling: 'invented', ...unusable },
  { name: 'another language', behaviours: '', spoiling: 'foreign', ...unusable },
  { name: 'quotes not in the script', behaviours: '', spoiling: 'misquoted', ...unusable },
];
