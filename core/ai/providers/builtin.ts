// The engine without a model, where it gives pictures: a shot's panel, drawn by rules, offline and at no cost.
import { panelSvg } from '../../storyboard/index.ts';
import { ProviderFailure } from '../provider-failure.ts';
import type { ImageProvider } from '../schema.ts';

/** Draws the shot of the request, once however many are asked for: it would be the same picture. */
export const builtinImage: ImageProvider = {
  id: 'builtin',
  async image({ panel }) {
    if (!panel)
      throw new ProviderFailure({ kind: 'invalid', provider: 'builtin', providerCode: 'no_shot', field: 'panel' });
    const bytes = Buffer.from(panelSvg(panel.shot, panel.cast));
    return { images: [{ mime: 'image/svg+xml', bytes }] };
  },
};
