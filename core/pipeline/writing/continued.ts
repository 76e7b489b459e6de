// More episodes: the script with them behind it, as its next revision. Episodes behind one that is missing wait for it.
import { Failure } from '../../platform/failure.ts';
import { appended, isContinued } from '../../writer/script/append.ts';
import { baseOf } from '../../writer/script/base.ts';
import { ContinueBrief } from '../../writer/script/brief.ts';
import { partsOn } from '../../writer/shelf.ts';
import type { EndingOf } from './ending.ts';
import { asRevision } from './revised.ts';
import { told } from './told.ts';

export const continued: EndingOf = async (ctx, task, { shelf, brief }) => {
  const { script, revision: on, episodes: asked, first } = ContinueBrief.parse(brief);
  const numbers = Array.from({ length: asked }, (_, at) => first + at);
  const parts = await partsOn(ctx, shelf, numbers);
  const whole = numbers.filter((number) => parts.get(number)?.isWhole);
  if (whole.length === 0) return undefined;
  const base = await baseOf(ctx, script, on);
  const texts = whole.map((number) => parts.get(number)?.text ?? '');
  const text = appended(base, texts);
  if (!isContinued(base, text, whole)) throw new Failure('SCRIPT_NOT_CONTINUED');
  const { revision, along } = await asRevision(ctx, task, { rawText: base.mark + text, fileName: base.fileName });
  return { ...told(script, revision, texts, asked), change: { revision }, along };
};
