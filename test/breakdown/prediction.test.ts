// The breakdown as a file: every scene and line of the document, every asset with all its names.
import { expect, test } from 'vitest';
import { predictionOf } from '../../core/breakdown/index.ts';
import { broken, scene } from './drama.ts';

const { document, resolution } = broken(
  `第1集 归来\n${scene('1-1', '程家老宅', '程知行、秘书', '秘书：程总，这枚银色戒指是您的？', '△程知行捡起银色戒指。')}`,
);

test('holds what was resolved, each name once', () => {
  const { characters, locations, props } = predictionOf(document, resolution.assets);
  expect(characters).toContainEqual({ name: '程知行', aliases: ['程总'], episodes: [1] });
  expect(locations).toEqual([{ name: '程家老宅', aliases: [] }]);
  expect(props).toContainEqual({ name: '银色戒指', aliases: [] });
});

test('holds every scene as written, with who speaks and what', () => {
  const { episodes, scenes } = predictionOf(document);
  expect(episodes).toEqual([{ number: 1, title: '归来' }]);
  expect(scenes).toEqual([
    expect.objectContaining({
      episode: 1,
      scene: '1-1',
      int_ext: 'INT',
      time: 'DAY',
      location: '程家老宅',
      characters: ['程知行', '秘书'],
      dialogue: [{ speakers: ['秘书'], text: '程总，这枚银色戒指是您的？' }],
    }),
  ]);
});

test('of a film has scenes without episodes', () => {
  const { document: film } = broken('INT. BARN - DAY\n\nNORA\nHello.\n', [], 'film.fountain');
  expect(predictionOf(film).episodes).toEqual([]);
  expect(predictionOf(film).scenes[0]?.episode).toBeNull();
});
