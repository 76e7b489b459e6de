// Which shots belong to people.
import type { ShotRow } from './order.ts';

export type Mark = Pick<ShotRow, 'locked' | 'edited' | 'status' | 'note'>;

/**
 * Whether a run keeps a shot: it is locked or edited, or approved, or has a note. A kept shot covers its lines itself; what is composed
 * anew covers only the rest, so that every line is still said once. Approval withdrawn and note taken away, it is replaced again.
 */
export const isKept = ({ locked, edited, status, note = '' }: Mark): boolean =>
  locked || edited || status === 'approved' || note !== '';
