// What a task says of itself. The row keeps the word and its values; the sentence is made for whoever reads it, in their language.
import { Failure, type FailureCode, type Locale } from '../platform/failure.ts';

const words = {
  script_parse: ['剧本拆解已排队', 'The breakdown is queued'],
  asset_extract: ['资产提取已排队', 'The extraction of assets is queued'],
  shot_generate: ['分镜生成已排队', 'The storyboard is queued'],
  script_generate: ['剧本写作已排队', 'The script is queued'],
  visual_prompt: ['提示词已排队', 'The prompts are queued'],
  script_rewrite: ['剧本改写已排队', 'The rewriting of the script is queued'],
  script_continue: ['剧本续写已排队', 'The continuation of the script is queued'],
  retried: ['重试已排队', 'The retry is queued'],
  cancelled: ['已取消', 'Cancelled'],
  read: ['已读取剧本，共 {episodes} 集', 'The script is read: {episodes} episodes'],
  extracted: ['第 {episode} 集资产已提取', 'Episode {episode}: assets are extracted'],
  resolved: ['资产去重完成，共 {assets} 项', 'Assets are resolved: {assets}'],
  kept: ['资产快照已保存，共 {assets} 项', 'The library is kept as a snapshot: {assets} assets'],
  boarded: ['第 {episode} 集分镜已生成', 'Episode {episode}: the storyboard is made'],
  passages: ['将改写 {episodes} 集', 'Parts of {episodes} episodes will be rewritten'],
  outlined: ['大纲已写好，共 {episodes} 集', 'The outline is written: {episodes} episodes'],
  writing: ['第 {episode} 集已写 {characters} 字', 'Episode {episode}: {characters} characters so far'],
  written: ['第 {episode} 集已写好，{characters} 字', 'Episode {episode} is written: {characters} characters'],
  prompts_planned: ['将写 {prompts} 份提示词', '{prompts} prompts are to be written'],
  prompts_part: ['又写好 {prompts} 份提示词', '{prompts} more prompts are written'],
  prompts_failed: ['第 {episode} 批提示词未完成：{reason}', 'Part {episode} of the prompts is not done: {reason}'],
  prompts_written: ['完成：写好 {prompts} 份提示词', 'Done: {prompts} prompts are written'],
  prompts_written_in_part: [
    '部分完成：{asked} 份提示词中写好 {prompts} 份，其余可重试',
    'Done in part: {prompts} of {asked} prompts are written; the others can be retried',
  ],
  part_failed: ['第 {episode} 集未完成：{reason}', 'Episode {episode} is not done: {reason}'],
  failed: ['{reason}', '{reason}'],
  completed: ['完成：共 {assets} 项资产、{shots} 个镜头', 'Done: {assets} assets, {shots} shots'],
  completed_reused: [
    '完成：共 {assets} 项资产、{shots} 个镜头，其中 {reused} 步取自缓存',
    'Done: {assets} assets, {shots} shots; {reused} steps came from the cache',
  ],
  partial: [
    '部分完成：{failed} 处失败，可重试；共 {assets} 项资产、{shots} 个镜头',
    'Done in part: {failed} parts failed and can be retried; {assets} assets, {shots} shots',
  ],
  assets_completed: ['完成：共 {assets} 项资产', 'Done: {assets} assets'],
  assets_completed_reused: [
    '完成：共 {assets} 项资产，其中 {reused} 步取自缓存',
    'Done: {assets} assets; {reused} steps came from the cache',
  ],
  assets_partial: [
    '部分完成：{failed} 处失败，可重试；共 {assets} 项资产',
    'Done in part: {failed} parts failed and can be retried; {assets} assets',
  ],
  script_written: ['完成：写好 {written} 集，共 {characters} 字', 'Done: {written} episodes, {characters} characters'],
  script_written_in_part: [
    '部分完成：{asked} 集中写好 {written} 集，其余可重试',
    'Done in part: {written} of {asked} episodes are written; the others can be retried',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type Word = keyof typeof words;

/** Why something failed: the code, and what its sentence is filled from. */
export type Reason = { readonly code: FailureCode; readonly details?: Record<string, unknown> };

export type Said = {
  readonly word: Word;
  readonly values?: Readonly<Record<string, number>>;
  readonly reason?: Reason;
};

/** The sentence of a reason. */
export const because = ({ code, details = {} }: Reason, locale: Locale): string =>
  new Failure(code, details).say(locale);

/** The sentence for people. */
export function tell({ word, values = {}, reason }: Said, locale: Locale): string {
  const sentence = words[word][locale === 'zh-CN' ? 0 : 1];
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'reason' && reason ? because(reason, locale) : String(values[name] ?? ''),
  );
}

/** The detail of a progress event as it is told to a listener. */
export const told = (detail: Record<string, unknown>, locale: Locale): Record<string, unknown> => ({
  ...detail,
  message: tell(detail.message as Said, locale),
});
