// The front matter that resolution would hear: of every script of a project, as it stands or as it is about to be read.
import type { Extraction } from '../breakdown/schema.ts';
import type { EpisodeRow } from '../episode/store.ts';
import { frontIn } from '../pipeline/extraction.ts';
import { foldersOf, joined } from '../pipeline/front.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Document } from '../script/schema.ts';

/** The script at work: its document where it was read only now, else the folder it lies in. */
type Here =
  | { readonly script: string; readonly document: Document }
  | { readonly script: string; readonly folder: string };

export async function frontOf(ctx: Ctx, rows: readonly EpisodeRow[], here: Here): Promise<Extraction> {
  const own = 'folder' in here ? here.folder : 'not kept yet';
  const fronts = await Promise.all(
    foldersOf(rows, here.script, own).map(async (folder) => {
      const isHere = folder === own && 'document' in here;
      return frontIn(isHere ? here.document : await getJson<Document>(ctx, `${folder}/front.json`));
    }),
  );
  return joined(fronts);
}
