import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Project from '../../../core/project/index.ts';
import { allRefused } from '../../kit/refused.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

let titles = 0;
const aTitle = () => `锦灯记 ${++titles}`;

describe('creating a project', () => {
  test('it starts at the script with the standard settings', async () => {
    const project = await Project.create(t.ctx, { title: '  潮起东港 ', visualStyle: '写实', imageCount: 4 });
    expect(project).toMatchObject({
      title: '潮起东港',
      stage: 'script',
      status: 'active',
      version: 1,
      settings: {
        target_duration: '60s',
        language: 'zh',
        visual_style: '写实',
        image_size: '2560x1440',
        image_count: 4,
      },
    });
    expect(await Project.get(t.ctx, { id: project.id })).toMatchObject({ id: project.id, sharedWith: [] });
  });

  test('settings of the client stay beside the known ones, wherever these were said', async () => {
    const { id } = await Project.create(t.ctx, {
      title: aTitle(),
      settings: { language: 'en', myTheme: 'noir', of_day: 1 },
    });
    expect(await Project.get(t.ctx, { id })).toMatchObject({
      language: 'en',
      settings: { language: 'en', myTheme: 'noir', of_day: 1, target_duration: '60s' },
    });
  });

  test('one that is brought along begins where it stands', async () => {
    const { id } = await Project.create(t.ctx, { title: aTitle(), stage: 'director', status: 'archived' });
    expect(await Project.get(t.ctx, { id })).toMatchObject({ stage: 'director', status: 'archived', version: 1 });
    const { items } = await Project.list(t.ctx, { status: 'archived' });
    expect(items.map((project) => project.id)).toContain(id);
  });

  test('none begins as a deleted one', async () => {
    const status = 'deleted' as never;
    await expect(Project.create(t.ctx, { title: aTitle(), status })).rejects.toMatchObject({
      details: { issues: [{ field: 'status' }] },
    });
  });

  test('a title is taken once in a tenant, whatever its width, case and spaces', async () => {
    await Project.create(t.ctx, { title: 'Harbour  Lights' });
    await expect(Project.create(t.ctx, { title: 'ｈarbour lights' })).rejects.toMatchObject({
      code: 'TITLE_TAKEN',
      details: { title: 'ｈarbour lights' },
    });
    expect(await Project.create(t.other, { title: 'Harbour  Lights' })).toMatchObject({ status: 'active' });
  });

  test('of two that ask for one title at the same moment, one gets it', async () => {
    const title = aTitle();
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => Project.create(t.ctx, { title })));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('editors and viewers may not', async () => {
    for (const role of ['editor', 'viewer'] as const)
      await expect(Project.create(t.as(role), { title: aTitle() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test.each([
    [{ title: '   ' }, 'title'],
    [{ title: 'x'.repeat(201) }, 'title'],
    [{ title: 'a', targetDuration: 'long' }, 'target_duration'],
    [{ title: 'a', imageSize: 'big' }, 'image_size'],
    [{ title: 'a', imageCount: -1 }, 'image_count'],
    [{ title: 'a', imageCount: null }, 'image_count'],
    [{ title: 'a', imageCount: ' ' }, 'image_count'],
    [{ title: 'a', imageCount: true }, 'image_count'],
    [{ title: 'a', settings: { image_count: [7] } }, 'settings.image_count'],
    [{ title: 'a', settings: { notes: 'x'.repeat(20_001) } }, 'settings'],
  ])('%o is refused and says which field', async (input, field) => {
    await expect(Project.create(t.ctx, input)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { issues: [{ field }] },
    });
  });
});

test('a number of pictures may come as digits', async () => {
  expect(await Project.create(t.ctx, { title: aTitle(), imageCount: ' 4 ' })).toMatchObject({ imageCount: 4 });
});

test('what does not fit is told in the language asked for', async () => {
  const told = async (locale: 'zh-CN' | 'en') =>
    Project.create({ ...t.ctx, locale }, { title: '' }).catch((error) => String(error.details.reason));
  expect(await told('en')).toMatch(/^title: Too small/);
  expect(await told('zh-CN')).toMatch(/^title: 数值过小/);
});

describe('changing a project', () => {
  test('what is said changes, the rest stays, the version counts up', async () => {
    const before = await Project.create(t.ctx, { title: aTitle(), settings: { theme: 'noir' } });
    const after = await Project.update(t.ctx, { id: before.id, version: 1, stage: 'assets', imageSize: '1080x1920' });
    expect(after).toMatchObject({
      title: before.title,
      stage: 'assets',
      imageSize: '1080x1920',
      settings: { theme: 'noir', image_size: '1080x1920' },
      version: 2,
    });
    expect(await Project.get(t.ctx, { id: before.id })).toMatchObject({ stage: 'assets', version: 2 });
  });

  test('what is put back as it was read changes nothing', async () => {
    const { id } = await Project.create(t.ctx, { title: aTitle(), settings: { theme: 'noir' }, imageCount: 3 });
    const { sharedWith: _, ...project } = await Project.get(t.ctx, { id });
    const asked = { ...project, status: 'active' as const };
    expect(await Project.update(t.ctx, asked)).toEqual(project);
    expect(await Project.update(t.ctx, { ...asked, visualStyle: '水墨' })).toMatchObject({
      version: 2,
      title: project.title,
    });
  });

  test('a new title takes the new name and frees the old one', async () => {
    const [first, second] = [aTitle(), aTitle()];
    const { id } = await Project.create(t.ctx, { title: first });
    await Project.update(t.ctx, { id, version: 1, title: second });
    await Project.create(t.ctx, { title: first });
    await expect(Project.create(t.ctx, { title: second })).rejects.toMatchObject({ code: 'TITLE_TAKEN' });
  });

  test('a title that another project has is refused and nothing changes', async () => {
    const [first, second] = [aTitle(), aTitle()];
    await Project.create(t.ctx, { title: first });
    const { id } = await Project.create(t.ctx, { title: second });
    await expect(Project.update(t.ctx, { id, version: 1, title: first })).rejects.toMatchObject({
      code: 'TITLE_TAKEN',
    });
    expect(await Project.get(t.ctx, { id })).toMatchObject({ title: second, version: 1 });
  });

  test('without a version, or with an old one, nothing changes', async () => {
    const { id } = await Project.create(t.ctx, { title: aTitle() });
    await expect(Project.update(t.ctx, { id, stage: 'assets' })).rejects.toMatchObject({ code: 'VERSION_REQUIRED' });
    await Project.update(t.ctx, { id, version: 1, stage: 'assets' });
    await expect(Project.update(t.ctx, { id, version: 1, stage: 'export' })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: 2 },
    });
  });

  test('of two changes on one version, one wins and the other is told', async () => {
    const { id } = await Project.create(t.ctx, { title: aTitle() });
    const both = await Promise.allSettled([
      Project.update(t.ctx, { id, version: 1, stage: 'assets' }),
      Project.update(t.ctx, { id, version: 1, stage: 'director' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'STALE_VERSION' } });
  });
});

/** Lists in lists, `settings` itself the first level. */
const nested = (levels: number) => ({ deep: JSON.parse('['.repeat(levels - 1) + ']'.repeat(levels - 1)) });

describe('settings of a client', () => {
  test.each([
    { seed: Number.MAX_SAFE_INTEGER, least: Number.MIN_SAFE_INTEGER },
    { weight: 0.1 + 0.2, zero: 0, small: -1.5e-130, third: 1 / 3 },
    { '': 'nameless', list: [[], {}, null, ''], 'with space': { 'a.b': true } },
    nested(20),
  ])('%j are read as they were sent, created and changed', async (settings) => {
    const { id } = await Project.create(t.ctx, { title: aTitle(), settings });
    expect((await Project.get(t.ctx, { id })).settings).toMatchObject(settings);
    await Project.update(t.ctx, { id, version: 1, settings: { all: 'others' } });
    await Project.update(t.ctx, { id, version: 2, settings });
    expect((await Project.get(t.ctx, { id })).settings).toMatchObject(settings);
  });

  test.each([
    [{ seed: Number.MAX_SAFE_INTEGER + 1 }, 'settings.seed', /9007199254740991/],
    [{ n: 1e300 }, 'settings.n', /as a string/],
    [{ of: [{ n: 1e-200 }] }, 'settings.of.0.n', /as a string/],
    [nested(21), `settings.deep${'.0'.repeat(19)}`, /20 levels/],
    [nested(6000), `settings.deep${'.0'.repeat(19)}`, /20 levels/],
  ])('that cannot be kept are refused by name, created and changed', async (settings, field, message) => {
    const ctx = { ...t.ctx, locale: 'en' as const };
    const refused = {
      code: 'INVALID_REQUEST',
      details: { issues: [{ field, message: expect.stringMatching(message) }] },
    };
    await expect(Project.create(ctx, { title: aTitle(), settings })).rejects.toMatchObject(refused);
    const { id } = await Project.create(ctx, { title: aTitle() });
    await expect(Project.update(ctx, { id, version: 1, settings })).rejects.toMatchObject(refused);
    expect(await Project.get(ctx, { id })).toMatchObject({ version: 1 });
  });
});

describe('deleting a project', () => {
  test('it is gone, its title is free, and it is found among the deleted', async () => {
    const { id, title } = await Project.create(t.ctx, { title: aTitle() });
    expect(await Project.remove(t.ctx, { id })).toMatchObject({ id });
    await expect(Project.get(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(Project.remove(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { items } = await Project.list(t.ctx, { status: 'deleted' });
    expect(items.map((project) => project.id)).toContain(id);
    await Project.create(t.ctx, { title });
  });

  test('an old version or a role without the right deletes nothing', async () => {
    const { id } = await Project.create(t.ctx, { title: aTitle() });
    await Project.update(t.ctx, { id, version: 1, stage: 'assets' });
    await expect(Project.remove(t.ctx, { id, version: 1 })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await expect(Project.remove(t.as('editor'), { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await Project.get(t.ctx, { id })).toMatchObject({ version: 2 });
  });
});

test.each([
  ['rawScript', '第1集 夜', /POST \/ai\/script\/parse/],
  ['scriptData', { episodes: [] }, /GET \/episodes/],
  ['shots', [], /\/storyboards\/\{id\}\/shots/],
  ['mergedVideoUrl', 'https://example.com/film.mp4', /made here/],
])(
  '%s of the inherited record is not lost in silence: who sends it is told where it belongs',
  async (field, value, said) => {
    const { id, title } = await Project.create(t.ctx, { title: aTitle() });
    const sent = { [field]: value } as object;
    const reason = expect.stringMatching(said);
    const refusal = { code: 'INVALID_REQUEST', details: expect.objectContaining({ reason }) };
    await allRefused(
      [Project.create(t.ctx, { title: aTitle(), ...sent }), Project.update(t.ctx, { id, version: 1, ...sent })],
      refusal,
    );
    expect(await Project.get(t.ctx, { id })).toMatchObject({ title, version: 1 });
  },
);

test('the owner of another tenant finds nothing of it, under any verb', async () => {
  const { id } = await Project.create(t.ctx, { title: aTitle() });
  const attempts = [
    Project.get(t.other, { id }),
    Project.update(t.other, { id, version: 1, title: 'mine' }),
    Project.remove(t.other, { id }),
  ];
  await allRefused(attempts, { code: 'NOT_FOUND', details: {} });
  const { items } = await Project.list(t.other, { size: 100 });
  expect(items.map((project) => project.id)).not.toContain(id);
});
