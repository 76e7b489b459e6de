// The shot list as a table: UTF-8 with a byte order mark, RFC 4180, safe to open in Excel.
import { cell } from '../../platform/csv.ts';
import {
  angleNames,
  depthNames,
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
} from '../labels.ts';
import type { Story, StoryEpisode, StoryShot } from './story.ts';
import { bracketed, type Language, languageIn, marks } from './words.ts';

type Row = {
  readonly episode: StoryEpisode;
  readonly shot: StoryShot;
  readonly number: number;
  readonly name: (assetId: string) => string;
  readonly language: Language;
};

const columns: readonly (readonly [string, (row: Row) => string | number])[] = [
  ['集 Episode', ({ episode }) => episode.number],
  // "1-2" alone would be read as a date
  ['场次 Scene', ({ shot, language }) => `${language === 'zh' ? '场' : 'Scene '}${shot.sceneNumber}`],
  ['镜号 Shot', ({ number }) => number],
  ['景别 Size', ({ shot, language }) => `${sizeNames[shot.size][language]} ${shot.size}`],
  ['角度 Angle', ({ shot, language }) => angleNames[shot.angle][language]],
  ['运镜 Movement', ({ shot, language }) => movementNames[shot.movement][language]],
  ['时长（秒） Seconds', ({ shot }) => shot.duration],
  ['内外 Int/Ext', ({ shot, language }) => intExtNames[shot.intExt][language]],
  ['时间 Time', ({ shot, language }) => timeNames[shot.time][language]],
  ['地点 Location', ({ shot }) => shot.location],
  ['画面 Action', ({ shot }) => shot.action],
  ['对白 Dialogue', ({ shot, language }) => shot.lines.map((line) => said(line, language)).join('\n')],
  ['字幕 Caption', ({ shot }) => shot.caption],
  [
    '人物 Characters',
    ({ shot, language }) => shot.blocking.map((one) => stands(one, language)).join(marks[language].list),
  ],
  ['道具 Props', ({ shot, name, language }) => shot.propAssetIds.map(name).join(marks[language].list)],
  ['音效 Sound', ({ shot }) => shot.soundEffect],
  ['环境声 Ambience', ({ shot }) => shot.ambience],
  ['配乐 Score', ({ shot }) => shot.score],
  ['演唱 Music', ({ shot }) => shot.music],
  ['情绪 Emotion', ({ shot }) => shot.emotion],
  ['氛围 Atmosphere', ({ shot }) => shot.atmosphere],
  ['光线 Lighting', ({ shot }) => shot.lighting],
  ['镜头 Lens', ({ shot }) => shot.lens],
  ['景深 Depth of field', ({ shot, language }) => depthNames[shot.depthOfField][language]],
  ['器材 Rig', ({ shot, language }) => rigNames[shot.rig][language]],
  ['速度 Speed', ({ shot, language }) => speedNames[shot.speed][language]],
  ['机位 Set-up', ({ shot }) => (shot.setup === 0 ? '' : shot.setup)],
  ['色温 Color temperature', ({ shot }) => shot.colorTemperature],
  ['焦点 Focus', ({ shot }) => shot.focus],
  [
    '片段组 Track',
    ({ shot, language }) => (shot.track === '' ? '' : `${language === 'zh' ? '组' : 'Track '}${shot.track}`),
  ],
  ['转场 Transition', ({ shot, language }) => transitionNames[shot.transition][language]],
  ['用途 Purpose', ({ shot, language }) => purposeNames[shot.purpose][language]],
  ['结果 Result', ({ shot }) => shot.result],
  ['连贯 Continuity', ({ shot, language }) => shot.continuity.join(marks[language].apart)],
  ['图像提示词 Image prompt (zh)', ({ shot }) => shot.imagePrompt.zh],
  ['Image prompt (en)', ({ shot }) => shot.imagePrompt.en],
  ['视频提示词 Video prompt (zh)', ({ shot }) => shot.videoPrompt.zh],
  ['Video prompt (en)', ({ shot }) => shot.videoPrompt.en],
  ['尾帧提示词 End frame (zh)', ({ shot }) => shot.endFrame.zh],
  ['End frame (en)', ({ shot }) => shot.endFrame.en],
  ['构图 Composition', ({ shot }) => shot.composition ?? ''],
  ['表演 Acting', ({ shot }) => shot.acting ?? ''],
  ['特效 Effects', ({ shot }) => shot.effects ?? ''],
  ['手法 Technique', ({ shot }) => shot.technique ?? ''],
  ['叙事 Narrative', ({ shot }) => shot.narrative ?? ''],
  ['节奏 Rhythm', ({ shot }) => shot.rhythm ?? ''],
  ['焦点变化 Focus shift', ({ shot }) => shot.focusShift ?? ''],
  ['播放速度 Playback', ({ shot }) => shot.playback ?? ''],
  ['负面提示词 Negative prompt', ({ shot }) => shot.negativePrompt ?? ''],
  ['剧本未写 Unsourced', ({ shot }) => shot.unsourced],
  ['锁定 Locked', ({ shot, language }) => (shot.locked ? (language === 'zh' ? '是' : 'yes') : '')],
  [
    '状态 Status',
    ({ shot, language }) => (language === 'en' ? shot.status : shot.status === 'approved' ? '已定' : '草稿'),
  ],
  ['备注 Note', ({ shot }) => shot.note],
  ['镜头编号 Shot id', ({ shot }) => shot.id],
];

function said({ speakers, voice, paren, text }: StoryShot['lines'][number], language: Language): string {
  const { list, comma, says } = marks[language];
  const how = [voiceNames[voice][language], paren].filter((words) => words !== '').join(comma);
  return `${speakers.join(list)}${how === '' ? '' : bracketed(language, how)}${says}${text}`;
}

function stands({ name, side, variant }: StoryShot['blocking'][number], language: Language): string {
  const where = [sideNames[side][language], variant].filter((words) => words !== '');
  return name + bracketed(language, where.join(marks[language].comma));
}

/** One line per shot of all episodes, under a heading in both languages, its words in the script's. Lines end in CRLF. */
export function shotsCsv(story: Story): string {
  const names = new Map(story.assets.map(({ id, name }) => [id, name]));
  const name = (id: string) => names.get(id) ?? '';
  const language = languageIn(story);
  const rows = story.episodes.flatMap((episode) =>
    episode.shots.map((shot, i) =>
      columns.map(([, value]) => cell(value({ episode, shot, number: i + 1, name, language }))),
    ),
  );
  return `\ufeff${[columns.map(([heading]) => cell(heading)), ...rows].map((row) => `${row.join(',')}\r\n`).join('')}`;
}
