// One text asked for piece by piece, read by our parser, and asked for once more when it cannot be read.
import { type AiCtx, type ExpectedText, type Prompted, type StreamOutcome, stream } from '../../ai/index.ts';
import { mend } from '../../ai/prompts/mend.v1.ts';
import { filled } from '../../ai/prompts/prompt.ts';
import { Failure } from '../../platform/failure.ts';
import type { Asking } from '../../reader/asking.ts';
import { penFor } from '../pen.ts';
import type { Faults } from './check.ts';

export type Writing = {
  readonly asking: Asking;
  readonly prompt: Prompted;
  /** Characters the text should have. */
  readonly characters: number;
  readonly clean: (text: string) => string;
  readonly faults: (text: string) => Faults;
  /** Keeps and tells the text as far as it has come. */
  readonly keep: (text: string) => Promise<void>;
};

/** `cached`: nobody was asked. `isOff`: it is not as long as it should be. */
export type Wrote = { readonly text: string; readonly cached: boolean; readonly isOff: boolean };

/** A text that twice could not be read. */
export class Unusable extends Failure {
  constructor(model: string) {
    super('MODEL_ANSWER_UNUSABLE', { model });
  }
}

/**
 * Throws what `stream` throws, and `Unusable`. What arrived is kept in any case. A text that is only too long or too short stands also where
 * it could not be asked for once more; whoever is stopped meanwhile stops.
 */
export async function write(ctx: AiCtx, writing: Writing): Promise<Wrote> {
  const { prompt, clean, faults } = writing;
  const first = await heard(ctx, writing, prompt);
  const text = clean(first.text);
  const { layout, length } = faults(text);
  if (layout === undefined && length === undefined) return { text, cached: first.cached, isOff: false };
  // the first may be a script, only too long or too short
  const isScript = layout === undefined;
  const more = again(prompt, first.text, [layout, length].filter(Boolean).join('\n'));
  const second = await heard(ctx, writing, more).catch((error: unknown) => {
    if (!isScript || isStopped(error)) throw error;
  });
  if (!second) return { text, cached: first.cached, isOff: true };
  const mended = clean(second.text);
  const left = faults(mended);
  const cached = first.cached && second.cached;
  if (left.layout === undefined) return { text: mended, cached, isOff: left.length !== undefined };
  if (isScript) return { text, cached, isOff: true };
  throw new Unusable(second.by.model);
}

/** Whether it is no refusal: the work was cancelled or ran out of time, or something broke. */
const isStopped = (error: unknown): boolean =>
  !(error instanceof Failure) || error.code === 'TASK_CANCELLED' || error.code === 'TASK_TIMED_OUT';

/** Tokens for a character at worst, and what models that think take besides. */
const [tokensPerCharacter, thinking] = [2, 2000];

/** How a text of so many characters is asked for. */
export const textCall = (asking: Asking, prompt: Prompted, characters: number): ExpectedText => ({
  ...asking,
  use: 'write',
  prompt,
  maxOutputTokens: Math.ceil(characters * tokensPerCharacter) + thinking,
});

async function heard(ctx: AiCtx, { asking, characters, keep }: Writing, prompt: Prompted): Promise<StreamOutcome> {
  const pen = penFor(ctx, keep);
  try {
    return await stream(ctx, { ...textCall(asking, prompt, characters), onPiece: pen.onPiece });
  } finally {
    await pen.end();
  }
}

const again = (prompt: Prompted, said: string, fault: string): Prompted => ({
  ...prompt,
  messages: [
    ...prompt.messages,
    { role: 'assistant', text: said.trim() || '-' },
    { role: 'user', text: filled(mend.user, { fault }) },
  ],
});
