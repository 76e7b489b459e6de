// Assets and shots to write prompts for, and the calls about them, without any gateway between.
import { prompted } from '../../../core/ai/prompts/prompt.ts';
import { visualPrompt } from '../../../core/ai/prompts/visual-prompt.v1.ts';
import type { AssetRow } from '../../../core/asset/store.ts';
import { composeEpisode, type ShotContent } from '../../../core/storyboard/index.ts';
import { Answer } from '../../../core/writer/visual-prompt/answer.ts';
import { callOf, type Questions } from '../../../core/writer/visual-prompt/call.ts';
import { type Ground, groundOf } from '../../../core/writer/visual-prompt/ground.ts';
import { assetSubject } from '../../../core/writer/visual-prompt/of-asset.ts';
import { shotSubject } from '../../../core/writer/visual-prompt/of-shot.ts';
import { targets } from '../../../core/writer/visual-prompt/pictured.ts';
import type { Subject } from '../../../core/writer/visual-prompt/subject.ts';
import { plainReply } from '../../../scripts/models/plain.ts';
import { anAsset } from '../../kit/asset-row.ts';
import { episode, says, scene, shows, style } from '../../storyboard/stage.ts';

export const people = {
  deng: anAsset('c1', ['谢灯儿', '谢姑娘'], {
    attributes: { gender: 'female', age: '17', look: '靛蓝短褐', appearance: '左眉有痣' },
    variants: [{ id: 'v1', name: '男装', description: '青衫束发', episodes: [1], quote: '' }],
  }),
  pei: anAsset('c2', ['裴照'], { attributes: { gender: 'male', look: '绯色官袍' } }),
  gu: anAsset('c3', ['顾言之'], { attributes: { gender: 'male' } }),
};
const things = [
  anAsset('l1', ['西市街口'], { kind: 'location', description: '灯山如昼' }),
  anAsset('p1', ['走马灯'], { kind: 'prop', parent: 'c1' }),
  anAsset('x1', ['百姓若干'], { kind: 'extra' }),
];
export const assets: AssetRow[] = [...Object.values(people), ...things];

export const told = episode([
  scene('1-1', [
    shows('灯山如昼。谢灯儿踩着梯子挂走马灯，裴照翻身下马。'),
    says('裴照', '谁动过这盏灯？'),
    says('谢灯儿', '量灯架就是杀人？', { paren: '怒' }),
    shows('百姓若干围了上来。'),
  ]),
]);
export const ground: Ground = groundOf(style, assets, undefined, told);
export const shots: readonly ShotContent[] = composeEpisode(told, ground.cast, style);

const both = ['zh', 'en'] as const;
export const subjectOf = (shot: ShotContent, id = 'sht', on = ground): Subject =>
  shotSubject(id, shot, on, { targets, languages: both });
/** The same library, of which somebody became otherwise. */
export const groundWith = (row: AssetRow): Ground => {
  const next = assets.map((one) => (one.id === row.id ? row : one));
  return groundOf(style, next, undefined, told);
};
export const subjectsOf = (all: readonly ShotContent[]): Subject[] =>
  all.map((shot, at) => subjectOf(shot, `sht_${at}`));
export const ofAsset = (row: AssetRow): Subject => assetSubject(row, ground, both);

export const questions: Questions = {
  asking: { project: 'prj_1', task: 'tsk_1' },
  wording: (fillings) => prompted(visualPrompt, fillings),
  style,
  wish: '',
};

/** What a model that does what it is told answers about these. */
export const goodAnswer = (subjects: readonly Subject[]): Answer => {
  const messages = callOf(subjects, questions, false).prompt.messages;
  return Answer.parse(plainReply({ messages } as unknown as Parameters<typeof plainReply>[0]));
};
