// The built-in picture: a shot's panel as a file of its own.
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { CalledProviderId } from '../../../core/ai/models.ts';
import { ProviderFailure } from '../../../core/ai/provider-failure.ts';
import { textProvider } from '../../../core/ai/registry.ts';
import { mediaProvider } from '../../../core/ai/registry-media.ts';
import { providerIds } from '../../../core/ai/schema.ts';
import { composeEpisode, type PanelCast } from '../../../core/storyboard/index.ts';
import { episode, library, says, scene, shows, style } from '../../storyboard/stage.ts';

const cast: PanelCast = {
  aspect: '9:16',
  language: 'zh',
  colour: () => 1,
  isWoman: () => false,
  isGroup: () => false,
  isChild: () => false,
  propName: () => '',
  hour: 'NIGHT',
};
const told = episode([scene('1-1', [shows('裴照翻身下马。'), says('裴照', '谁动过这盏走马灯？<站出来> & 说话。')])]);
const shots = composeEpisode(told, library, style);
const asked = { model: 'panel', prompt: '', count: 1, aspect: '9:16', references: [] } as const;
const account = { baseUrl: '', key: '' };
const wire = { fetch, signal: AbortSignal.timeout(20_000) };
const draw = (request: Parameters<NonNullable<ReturnType<typeof mediaProvider>['image']>['image']>[0]) =>
  mediaProvider('builtin').image!.image(request, account, wire);

describe('the built-in picture', () => {
  test('is a whole SVG of the shot, with the words, symbols and colours it needs, the same each time', async () => {
    for (const shot of shots) {
      const { images } = await draw({ ...asked, panel: { shot, cast } });
      const [image] = images;
      if (!image || !('bytes' in image)) throw new Error('no picture');
      const svg = Buffer.from(image.bytes).toString('utf8');
      expect(image.mime).toBe('image/svg+xml');
      expect(XMLValidator.validate(svg)).toBe(true);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="720" height="1280"/);
      const defined = new Set([...svg.matchAll(/ id="(\w+)"/g)].map(([, id]) => id));
      for (const [, id] of svg.matchAll(/href="#(\w+)"/g)) expect(defined).toContain(id);
      expect(await draw({ ...asked, panel: { shot, cast } })).toEqual({ images });
    }
  });

  test('is of a shot: words alone are refused', async () => {
    const failure = await draw({ ...asked, prompt: '灯塔' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderFailure);
    expect((failure as ProviderFailure).facts).toMatchObject({ kind: 'invalid', provider: 'builtin', field: 'panel' });
  });
});

test('each provider writes, but the built-in engine, which draws', () => {
  expect(providerIds.filter((id) => textProvider(id as CalledProviderId)?.id !== id)).toEqual(['builtin']);
  expect(providerIds.filter((id) => mediaProvider(id).image)).toEqual(['builtin']);
});
