// Names that one thing of a tenant has: whoever is first has it, whatever it is written like, and gives it back when it goes.
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Settings from '../../../core/ai/settings/index.ts';
import * as ApiKey from '../../../core/apikey/index.ts';
import { plain } from '../../../core/platform/unique.ts';
import * as Project from '../../../core/project/index.ts';
import { aStage, type Stage } from '../../ai/stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

type Act = (ctx: Stage['ctx'], name: string) => Promise<{ id: string; version: number }>;
const keyOf = { provider: 'openai', key: 'sk-of-names-0001' } as const;
const nouns: Readonly<
  Record<
    string,
    {
      code: string;
      longest: number;
      make: Act;
      rename?: (id: string, name: string) => Promise<unknown>;
      remove: (id: string) => Promise<unknown>;
    }
  >
> = {
  'title of a project': {
    code: 'TITLE_TAKEN',
    longest: 200,
    make: (ctx, title) => Project.create(ctx, { title }),
    rename: (id, title) => Project.update(s.ctx, { id, version: 1, title }),
    remove: (id) => Project.remove(s.ctx, { id }),
  },
  'name of an API key': {
    code: 'KEY_NAME_TAKEN',
    longest: 60,
    make: (ctx, name) => ApiKey.create(ctx, { name, scopes: ['project:read'] }),
    remove: (id) => ApiKey.revoke(s.ctx, { id }),
  },
  'label of a model key': {
    code: 'KEY_LABEL_TAKEN',
    longest: 100,
    make: (ctx, label) => Settings.addKey(ctx, { ...keyOf, label }),
    rename: (id, label) => Settings.updateKey(s.ctx, { id, version: 1, label }),
    remove: (id) => Settings.removeKey(s.ctx, { id }),
  },
};

describe.each(Object.entries(nouns))('the %s', (_, { code, longest, make, rename, remove }) => {
  test('goes to one of many who ask at the same moment', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => make(s.ctx, '同时')));
    const made = asked.filter(({ status }) => status === 'fulfilled');
    const reasons = asked.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []));
    expect([made.length, new Set(reasons)]).toEqual([1, new Set([code])]);
  });

  test('is taken in another width, case, spacing and composition, and free in another tenant', async () => {
    const { id } = await make(s.ctx, 'Café ① Ａ');
    for (const same of ['café 1 a', 'CAFE\u0301 １ ａ', '  Café   ①  A '])
      await expect(make(s.ctx, same)).rejects.toMatchObject({ code });
    await make(s.as(s.t.other), 'Café ① Ａ');
    await remove(id);
    await remove((await make(s.ctx, 'café 1 a')).id);
  });

  test('may be as long as names may be, whatever it is spelled out to', async () => {
    await make(s.ctx, '\uFDFA'.repeat(longest));
    await expect(make(s.ctx, '\uFDFA'.repeat(longest))).rejects.toMatchObject({ code });
  });

  test.runIf(rename)('moves with a new name: the old one is free, one that is taken is refused', async () => {
    const [one, other] = [await make(s.ctx, '甲'), await make(s.ctx, '乙')];
    await expect(rename?.(one.id, '乙')).rejects.toMatchObject({ code });
    await rename?.(one.id, '丙');
    await make(s.ctx, '甲');
    await expect(make(s.ctx, '丙')).rejects.toMatchObject({ code });
    await remove(other.id);
    await make(s.ctx, '乙');
  });

  test.runIf(rename)('may be written otherwise by the thing that has it', async () => {
    const { id } = await make(s.ctx, 'lamp');
    await rename?.(id, 'LAMP');
    await expect(make(s.ctx, 'Lamp')).rejects.toMatchObject({ code });
  });
});

test('what is the same once stays the same', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => plain(plain(name)) === plain(name)));
});
