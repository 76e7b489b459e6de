// Which kinds of assets there are. Apart from what a breakdown is: requests name kinds in functions that never see one.
import * as z from 'zod';

export const AssetKind = z.enum([
  'character',
  'location',
  'prop',
  'costume',
  'vehicle',
  'creature',
  'effect',
  'sound',
  'extra',
]);
export type AssetKind = z.infer<typeof AssetKind>;
