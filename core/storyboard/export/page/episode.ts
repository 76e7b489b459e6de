// An episode on the page: its scenes, each with the cards of its shots.
import {
  angleNames,
  depthNames,
  facingNames,
  intExtNames,
  movementNames,
  purposeNames,
  rigNames,
  sideNames,
  sizeNames,
  speedNames,
  timeNames,
  transitionNames,
  voiceNames,
} from '../../labels.ts';
import { escaped } from '../../panel/speech.ts';
import { type PanelCast, panel } from '../../panel.ts';
import { clock, hours, type StoryEpisode, type StoryShot } from '../story.ts';
import { both, bracketed, counted, type Language, marks } from '../words.ts';

type Cast = Omit<PanelCast, 'hour'>;

export function episodeSection(episode: StoryEpisode, cast: Cast): string {
  const { number, title, shots, scenes, coverage } = episode;
  const { language } = cast;
  const zh = language === 'zh';
  const counts = zh
    ? [`${scenes.length} 场`, `${shots.length} 镜`]
    : [counted(scenes.length, 'scene'), counted(shots.length, 'shot')];
  const about = [...counts, clock(coverage.duration.seconds)].join(' · ');
  const heading = zh
    ? `第 ${number} 集 ${escaped(title)}<i>Episode ${number}</i>`
    : `Episode ${number}${title === '' ? '' : ` ${escaped(title)}`}`;
  const times = hours(shots);
  const parts: string[] = [];
  shots.forEach((shot, i) => {
    if (shots[i - 1]?.sceneId !== shot.sceneId)
      parts.push(i === 0 ? '' : '</div>', sceneHeading(episode, shot, language), '<div class="g">');
    parts.push(card(shot, i + 1, { ...cast, hour: times[i] ?? 'UNKNOWN' }));
  });
  const empty = `<p>${both(language, '本集没有镜头。', 'No shots in this episode.')}</p>`;
  return `<section class="ep" id="e${number}"><h2>${heading}<small>${about}</small></h2>${shots.length === 0 ? empty : `${parts.join('')}</div>`}</section>`;
}

function sceneHeading(
  { scenes, shots }: StoryEpisode,
  { sceneId, sceneNumber, location, time, intExt }: StoryShot,
  language: Language,
): string {
  const scene = scenes.find(({ id }) => id === sceneId);
  const mine = shots.filter((shot) => shot.sceneId === sceneId);
  const length = clock(mine.reduce((sum, shot) => sum + shot.duration, 0));
  const [hour, place] = [timeNames[time], intExtNames[intExt]];
  const about =
    language === 'zh'
      ? [`${hour.zh} ${hour.en}`, `${place.zh} ${place.en}`, `${mine.length} 镜`, length]
      : [hour.en, place.en, counted(mine.length, 'shot'), length];
  return `<h3><b>${escaped(sceneNumber)}</b>${escaped(location || scene?.heading || '')}<i>${about.join(' · ')}</i></h3>`;
}

function card(shot: StoryShot, number: number, cast: PanelCast): string {
  const { language } = cast;
  const size = language === 'zh' ? sizeNames[shot.size].zh : shot.size;
  const names = [size, angleNames[shot.angle][language], movementNames[shot.movement][language]].join(' · ');
  const short = [shot.size, shot.angle, shot.movement].join(' · ').replaceAll('_', ' ');
  const beside = language === 'zh' ? `<i>${short}</i>` : '';
  return [
    `<article class="s" id="${escaped(shot.id)}"><div class="h"><b>${number}</b><span>${names}</span><time>${shot.duration.toFixed(1)}s</time>${beside}</div>`,
    panel(shot, cast),
    `<div class="x">${words(shot, cast)}${tags(shot, language)}${more(shot, cast)}</div></article>`,
  ].join('');
}

/** What is seen and heard, word for word. */
function words(shot: StoryShot, cast: PanelCast): string {
  const { language } = cast;
  const { list, comma, says } = marks[language];
  const lines = shot.lines.map((line) => {
    const colour = cast.colour(line.speakerAssetIds[0] ?? '');
    const how = [voiceNames[line.voice][language], line.paren].filter((said) => said !== '').join(comma);
    const part = line.parts > 1 ? ` <i>${line.part}/${line.parts}</i>` : '';
    return `<p class="dl${colour === undefined ? '' : ` c${colour}`}"><b>${escaped(line.speakers.join(list))}</b>${how === '' ? '' : bracketed(language, escaped(how))}${says}${escaped(line.text)}${part}</p>`;
  });
  const action = shot.action === '' ? '' : `<p class="ac">${escaped(shot.action)}</p>`;
  return `${action}${lines.join('')}${fact(language, '字幕', 'Caption', shot.caption)}${fact(language, '音效', 'Sound', shot.soundEffect)}`;
}

function fact(language: Language, zh: string, en: string, value: string): string {
  const name = language === 'zh' ? `<b>${zh}</b> <i>${en}</i>` : `<b>${en}</b>`;
  return value === '' ? '' : `<p class="m">${name} ${escaped(value)}</p>`;
}

function tags(shot: StoryShot, language: Language): string {
  const zh = language === 'zh';
  const all = [
    purposeNames[shot.purpose][language],
    ...(shot.transition === 'cut' ? [] : [transitionNames[shot.transition][language]]),
    ...(shot.locked ? [zh ? '已锁定' : 'locked'] : []),
    ...(shot.edited ? [zh ? '已修改' : 'edited'] : []),
    ...(shot.status === 'approved' ? [zh ? '已定' : 'approved'] : []),
  ];
  const unsourced = shot.unsourced === '' ? '' : `<span class="tag u">${escaped(shot.unsourced)}</span>`;
  return `<p>${all.map((tag) => `<span class="tag">${tag}</span>`).join('')}${unsourced}</p>`;
}

/** What one looks up: blocking, props, light, continuity, prompts. */
function more(shot: StoryShot, cast: PanelCast): string {
  const { language } = cast;
  const { list, comma, apart } = marks[language];
  const joined = (facts: readonly string[], mark: string) => facts.filter((words) => words !== '').join(mark);
  const told = (zh: string, en: string, value: string) => fact(language, zh, en, value);
  const people = shot.blocking.map(
    ({ name, side, facing, variant }) =>
      name + bracketed(language, joined([sideNames[side][language], facingNames[facing][language], variant], comma)),
  );
  const props = shot.propAssetIds.map(cast.propName).filter((name) => name !== '');
  const prompt = (label: string, words: string) => (words === '' ? '' : `<p><b>${label}</b> ${escaped(words)}</p>`);
  return [
    `<details><summary>${both(language, '调度与提示词', 'Blocking and prompts')}</summary>`,
    told('人物', 'Blocking', people.join(list)),
    told('道具', 'Props', props.join(list)),
    told('构图', 'Composition', shot.composition ?? ''),
    told('表演', 'Acting', shot.acting ?? ''),
    told('特效', 'Effects', joined([shot.effects ?? '', shot.technique ?? ''], apart)),
    told('叙事', 'Narrative', joined([shot.narrative ?? '', shot.rhythm ?? ''], apart)),
    told('光线', 'Light', joined([shot.lighting, shot.atmosphere], apart)),
    told('镜头', 'Camera', camera(shot, language)),
    told('焦点', 'Focus', shot.focusShift || shot.focus),
    told('声音', 'Sound', joined([shot.ambience, shot.score], apart)),
    told('连贯', 'Continuity', shot.continuity.join(apart)),
    told('备注', 'Note', shot.note),
    prompt('图像', shot.imagePrompt.zh),
    prompt('Image', shot.imagePrompt.en),
    prompt('视频', shot.videoPrompt.zh),
    prompt('Video', shot.videoPrompt.en),
    prompt('尾帧', shot.endFrame.zh),
    prompt('End frame', shot.endFrame.en),
    prompt(language === 'zh' ? '负面' : 'Negative', shot.negativePrompt ?? ''),
    '</details>',
  ].join('');
}

function camera(shot: StoryShot, language: Language): string {
  const setup = shot.setup === 0 ? '' : `${language === 'zh' ? '机位' : 'set-up'} ${shot.setup}`;
  const speed = shot.movement === 'static' ? '' : speedNames[shot.speed][language];
  return [
    shot.lens,
    depthNames[shot.depthOfField][language],
    rigNames[shot.rig][language],
    speed,
    shot.colorTemperature,
    setup,
    shot.track,
  ]
    .filter((words) => words !== '')
    .join(marks[language].comma);
}
