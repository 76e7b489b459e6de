// One name, one asset: within a project and a kind no two active assets carry the same name.
import type { AssetKind } from '../breakdown/schema.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { loadAll } from './store.ts';

/** Throws NAME_TAKEN when another active asset of the kind has this name. */
export async function mustBeFree(
  ctx: Ctx,
  project: string,
  kind: AssetKind,
  name: string,
  except?: string,
): Promise<void> {
  const wanted = name.normalize('NFKC').toLowerCase();
  const taken = (await loadAll(ctx, project)).some(
    (row) =>
      row.id !== except &&
      row.kind === kind &&
      row.status === 'active' &&
      row.name.normalize('NFKC').toLowerCase() === wanted,
  );
  if (taken) throw new Failure('NAME_TAKEN', { kind, name });
}
