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

type Cast = Omit<PanelCast, 'hour'>;

export function episodeSection(episode: StoryEpisode, cast: Cast): string {
  const { number, title, shots, scenes, coverage } = episode;
  const about = `${scenes.length} 场 · ${shots.length} 镜 · ${clock(coverage.duration.seconds)}`;
  const times = hours(shots);
  const parts: string[] = [];
  shots.forEach((shot, i) => {
    if (shots[i - 1]?.sceneId !== shot.sceneId)
      parts.push(i === 0 ? '' : '</div>', sceneHeading(episode, shot), '<div class="g">');
    parts.push(card(shot, i + 1, { ...cast, hour: times[i] ?? 'UNKNOWN' }));
  });
  const empty = '<p>本集没有镜头。 <i>No shots in this episode.</i></p>';
  return `<section class="ep" id="e${number}"><h2>第 ${number} 集 ${escaped(title)}<i>Episode ${number}</i><small>${about}</small></h2>${shots.length === 0 ? empty : `${parts.join('')}</div>`}</section>`;
}

function sceneHeading(
  { scenes, shots }: StoryEpisode,
  { sceneId, sceneNumber, location, time, intExt }: StoryShot,
): string {
  const scene = scenes.find(({ id }) => id === sceneId);
  const mine = shots.filter((shot) => shot.sceneId === sceneId);
  const length = clock(mine.reduce((sum, shot) => sum + shot.duration, 0));
  return `<h3><b>${escaped(sceneNumber)}</b>${escaped(location || scene?.heading || '')}<i>${timeNames[time].zh} ${timeNames[time].en} · ${intExtNames[intExt].zh} ${intExtNames[intExt].en} · ${mine.length} 镜 · ${length}</i></h3>`;
}

function card(shot: StoryShot, number: number, cast: PanelCast): string {
  const zh = [sizeNames[shot.size].zh, angleNames[shot.angle].zh, movementNames[shot.movement].zh].join(' · ');
  const en = [shot.size, shot.angle, shot.movement].join(' · ').replaceAll('_', ' ');
  return [
    `<article class="s" id="${escaped(shot.id)}"><div class="h"><b>${number}</b><span>${zh}</span><time>${shot.duration.toFixed(1)}s</time><i>${en}</i></div>`,
    panel(shot, cast),
    `<div class="x">${told(shot, cast)}${marks(shot)}${more(shot, cast)}</div></article>`,
  ].join('');
}

/** What is seen and heard, word for word. */
function told(shot: StoryShot, cast: PanelCast): string {
  const lines = shot.lines.map((line) => {
    const colour = cast.colour(line.speakerAssetIds[0] ?? '');
    const how = [voiceNames[line.voice].zh, line.paren].filter((words) => words !== '').join('，');
    const part = line.parts > 1 ? ` <i>${line.part}/${line.parts}</i>` : '';
    return `<p class="dl${colour === undefined ? '' : ` c${colour}`}"><b>${escaped(line.speakers.join('、'))}</b>${how === '' ? '' : `（${escaped(how)}）`}：${escaped(line.text)}${part}</p>`;
  });
  const action = shot.action === '' ? '' : `<p class="ac">${escaped(shot.action)}</p>`;
  return `${action}${lines.join('')}${fact('字幕', 'Caption', shot.caption)}${fact('音效', 'Sound', shot.soundEffect)}`;
}

const fact = (zh: string, en: string, value: string): string =>
  value === '' ? '' : `<p class="m"><b>${zh}</b> <i>${en}</i> ${escaped(value)}</p>`;

function marks(shot: StoryShot): string {
  const tags = [
    purposeNames[shot.purpose].zh,
    ...(shot.transition === 'cut' ? [] : [transitionNames[shot.transition].zh]),
    ...(shot.locked ? ['已锁定'] : []),
    ...(shot.edited ? ['已修改'] : []),
    ...(shot.status === 'approved' ? ['已定'] : []),
  ];
  const unsourced = shot.unsourced === '' ? '' : `<span class="tag u">${escaped(shot.unsourced)}</span>`;
  return `<p>${tags.map((tag) => `<span class="tag">${tag}</span>`).join('')}${unsourced}</p>`;
}

/** What one looks up: blocking, props, light, continuity, prompts. */
function more(shot: StoryShot, cast: PanelCast): string {
  const people = shot.blocking.map(
    (one) =>
      `${one.name}（${sideNames[one.side].zh}，${facingNames[one.facing].zh}${one.variant === '' ? '' : `，${one.variant}`}）`,
  );
  const props = shot.propAssetIds.map(cast.propName).filter((name) => name !== '');
  const prompt = (label: string, words: string) => (words === '' ? '' : `<p><b>${label}</b> ${escaped(words)}</p>`);
  return [
    '<details><summary>调度与提示词 <i>Blocking and prompts</i></summary>',
    fact('人物', 'Blocking', people.join('、')),
    fact('道具', 'Props', props.join('、')),
    fact('构图', 'Composition', shot.composition ?? ''),
    fact('表演', 'Acting', shot.acting ?? ''),
    fact('特效', 'Effects', [shot.effects ?? '', shot.technique ?? ''].filter((words) => words !== '').join('；')),
    fact('叙事', 'Narrative', [shot.narrative ?? '', shot.rhythm ?? ''].filter((words) => words !== '').join('；')),
    fact('光线', 'Light', [shot.lighting, shot.atmosphere].filter((words) => words !== '').join('；')),
    fact('镜头', 'Camera', camera(shot)),
    fact('焦点', 'Focus', shot.focusShift || shot.focus),
    fact('声音', 'Sound', [shot.ambience, shot.score].filter((words) => words !== '').join('；')),
    fact('连贯', 'Continuity', shot.continuity.join('；')),
    fact('备注', 'Note', shot.note),
    prompt('图像', shot.imagePrompt.zh),
    prompt('Image', shot.imagePrompt.en),
    prompt('视频', shot.videoPrompt.zh),
    prompt('Video', shot.videoPrompt.en),
    prompt('尾帧', shot.endFrame.zh),
    prompt('End frame', shot.endFrame.en),
    prompt('负面', shot.negativePrompt ?? ''),
    '</details>',
  ].join('');
}

function camera(shot: StoryShot): string {
  const setup = shot.setup === 0 ? '' : `机位 ${shot.setup}`;
  const speed = shot.movement === 'static' ? '' : speedNames[shot.speed].zh;
  return [
    shot.lens,
    depthNames[shot.depthOfField].zh,
    rigNames[shot.rig].zh,
    speed,
    shot.colorTemperature,
    setup,
    shot.track,
  ]
    .filter((words) => words !== '')
    .join('，');
}
