import * as Quote from '../../../core/quote/index.ts';
import type { Routes } from './shape.ts';

/** Each stands under the start it is asked before, and takes the same body. */
export const quoteRoutes: Routes = {
  'POST /ai/script/parse/quote': { verb: Quote.parseScript },
  'POST /episodes/{id}/extract-assets/quote': { verb: Quote.extractAssets },
  'POST /ai/shots/generate/quote': { verb: Quote.generateShots },
};
