import * as Impact from '../../../core/impact/index.ts';
import * as Quote from '../../../core/quote/index.ts';
import type { Routes } from './shape.ts';

/** What work would do and take, told before it is begun. A quote stands under its start and takes the same body. */
export const quoteRoutes: Routes = {
  'POST /ai/script/parse/quote': { verb: Quote.parseScript },
  'POST /episodes/{id}/extract-assets/quote': { verb: Quote.extractAssets },
  'POST /ai/shots/generate/quote': { verb: Quote.generateShots },
  'POST /ai/script/generate/quote': { verb: Quote.generateScript },
  'POST /ai/script/rewrite/quote': { verb: Quote.rewriteScript },
  'POST /ai/script/continue/quote': { verb: Quote.continueScript },
  'POST /ai/visual-prompt/quote': { verb: Quote.visualPrompt },
  'GET /scripts/{id}/revisions/{revision}/impact': { verb: Impact.impact },
};
