// A shot as a subject: who and what is in frame, how it is seen, and what happens in it. Pure.
import { intExtNames, type ShotContent, speaks, timeNames } from '../../storyboard/index.ts';
import type { Field } from './answer.ts';
import { flat, type Ground, seenAs, strangersIn } from './ground.ts';
import { type Target, targetsIn } from './pictured.ts';
import type { Due, Language, Seen, Subject } from './subject.ts';

/** Room for a prompt of three sentences; looks are added. */
const longest = 900;

const fieldsOf: Readonly<Record<Target, Readonly<Record<Language, Field>>>> = {
  start: { zh: 'zh', en: 'en' },
  end: { zh: 'end', en: 'endEn' },
  video: { zh: 'vid', en: 'vidEn' },
};

type Wanted = { readonly targets: readonly Target[]; readonly languages: readonly Language[] };

/** @param shot with merged assets followed. */
export function shotSubject(id: string, shot: ShotContent, ground: Ground, wanted: Wanted): Subject {
  const people = shot.blocking.map((one) => seenAs(one.name, one.assetId, one.variant, ground));
  const facts = factsOf(shot, ground);
  const named = ground.library.peopleIn(facts, shot.sceneId).map(({ it }) => it.id);
  const speaking = shot.lines.flatMap(({ speakerAssetIds }) => speakerAssetIds);
  const allowed = new Set([...shot.blocking.map(({ assetId }) => assetId), ...speaking, ...named]);
  const here = targetsIn(shot, wanted.targets);
  return {
    id,
    kind: 'shot',
    facts,
    wanted: [...here.flatMap((target) => wanted.languages.map((one) => fieldsOf[target][one])), ...(here.includes('start') ? (['neg'] as const) : [])], // biome-ignore format: one thought
    people,
    strangersIn: strangersIn(ground, allowed, shot.sceneId),
    names: [...people.map(({ name }) => name), shot.location, ...shot.lines.flatMap(({ speakers }) => speakers)],
    longest,
    due: {
      picture: { zh: pictureDue(shot, people, ground, 'zh'), en: pictureDue(shot, people, ground, 'en') },
      clip: { zh: clipDue(shot, 'zh'), en: clipDue(shot, 'en') },
    },
  };
}

function factsOf(shot: ShotContent, { assets }: Ground): string {
  const { size, angle, movement, speed, lens, duration } = shot;
  const frame = shot.blocking.map(
    ({ name, side, facing, variant }) => `${name} (${[side, `faces ${facing}`, variant].filter(Boolean).join(', ')})`,
  );
  const things = shot.propAssetIds.flatMap((id) => assets.get(id)?.name ?? []);
  const said = shot.lines.map(({ speakers, paren, text, onScreen }) => `${speakers.join('、')}${paren && `（${paren}）`}${onScreen ? '' : ' (off)'}：${text}`); // biome-ignore format: one thought
  const lines: [string, string][] = [
    // a title is made of the words below, where there are any
    ['shot', shot.action === '' && said.length === 0 ? shot.title : ''],
    ['place', [shot.location, shot.intExt, hourOf(shot)].join(', ')],
    ['camera', [size, angle, movement, ...(movement === 'static' ? [] : [speed]), lens, `${duration}s`].join(' ')],
    ['frame', frame.join(' / ') || 'nobody'],
    ['things', things.join('、')],
    ['seen', shot.action],
    ['said', said.join(' ')],
    ['acting', [shot.emotion, shot.acting ?? ''].filter(Boolean).join('; ')],
    ['light', [shot.lighting, shot.atmosphere].filter(Boolean).join('; ')],
    ['layout', [shot.composition ?? '', shot.effects ?? ''].filter(Boolean).join('; ')],
    ['keeps', shot.continuity.join('; ')],
  ];
  return lines.flatMap(([key, text]) => (text === '' ? [] : [`${key}: ${flat(text)}`])).join('\n');
}

const hourOf = ({ time }: ShotContent): string => (time === 'UNKNOWN' ? '' : time);

/** Style, place, hour, whoever the model need not name, and the shape of the frame. */
function pictureDue(shot: ShotContent, people: readonly Seen[], { style }: Ground, language: Language): Due[] {
  const zh = language === 'zh';
  const hour = shot.time === 'SAME' ? '' : timeNames[shot.time][language];
  const side = shot.intExt === 'UNKNOWN' ? '' : intExtNames[shot.intExt][language];
  const where = [shot.location, side, hour].filter(Boolean).join(zh ? '，' : ', ');
  const aspect = style.aspect === '9:16' ? [`9:16竖幅构图`, '9:16 vertical composition'] : [`16:9横幅构图`, '16:9 horizontal composition']; // biome-ignore format: one thought
  const others = people.filter(({ isNeeded }) => !isNeeded).map(({ name }) => name);
  return [
    ...(style.visualStyle === '' ? [] : [{ has: [style.visualStyle], say: style.visualStyle }]),
    { has: [shot.location, hour].filter(Boolean), say: where },
    ...(others.length === 0 ? [] : [{ has: others, say: zh ? `画面中还有${others.join('、')}` : `Also in frame: ${others.join(', ')}` }]), // biome-ignore format: one thought
    { has: [style.aspect], say: (zh ? aspect[0] : aspect[1]) ?? '' },
  ];
}

/** Its length, and what is said in it. */
function clipDue(shot: ShotContent, language: Language): Due[] {
  const length = language === 'zh' ? `时长${shot.duration}秒` : `${shot.duration} s`;
  return [length, ...shot.lines.map((line) => speaks(line, language))].map((say) => ({ has: [say], say }));
}
