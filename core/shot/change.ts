// What of a shot somebody asks to change, told by what it reads as. Pure.
import { snake } from '../platform/case.ts';
import { differing } from '../platform/differing.ts';
import { Failure } from '../platform/failure.ts';
import { words } from '../platform/words.ts';
import type { ShotFields as Written } from '../storyboard/edit.ts';
import { type Shot, ShotFields } from './schema.ts';

/** What moves without anybody's doing, or with every change: it may be put back as it was read at any time before. */
const bookkeeping = new Set(['number', 'version', 'edited', 'promptBy', 'createdAt', 'updatedAt']);

/** Who says a line follows from the script and from merges: the same words of the same labels are the same line. */
const comparable = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { lines } = fields;
  return Array.isArray(lines) ? { ...fields, lines: lines.map((line) => ({ ...line, speakerAssetIds: [] })) } : fields;
};

/**
 * The fields of `asked` that differ from the shot as it reads; a shot may be put back whole. Throws INVALID_REQUEST, naming the field, where one
 * differs that cannot be written.
 */
export function changeOf(shot: Shot, asked: Readonly<Record<string, unknown>>): Written {
  const changed = Object.entries(differing(comparable(shot), comparable(asked))).filter(
    ([name, value]) => value !== undefined && !bookkeeping.has(name),
  );
  const [fixed] = changed.find(([name]) => !(name in ShotFields.shape)) ?? [];
  // no lines are among them: those cannot be written
  if (fixed === undefined) return Object.fromEntries(changed);
  const field = `content.${snake(fixed)}`;
  throw new Failure('INVALID_REQUEST', {
    reason: words(
      `${field}：不能在此修改，请不带它或按读到的原样带回`,
      `${field}: it cannot be changed here; leave it out, or put it back as it was read`,
    ),
  });
}
