// Who is seen on a screen and stands nowhere in the room, and voices that have no body.
import type { Scene } from '../script/schema.ts';
import { keyOf, type Lookup, type Thing } from './cast.ts';
import { intercut } from './cuts.ts';
import { endsOf } from './ends.ts';

const screen = {
  zh: '电视|新闻|屏幕|荧幕|荧屏|大屏|监控|监视器|视频|直播|投影|录像',
  en: '(?:screen|monitor|tv|television|laptop|video|feed|footage)s?',
} as const;

/** Words that tell of what a screen shows: 屏幕里，; On the monitor: ; the TV shows. Not 监控室里 and 新闻发布会上, which are places, nor who works for one. */
const shows = `(?:${screen.zh})(?:[^，。；\\s厅间室台棚店馆会]|会议){0,4}(?:[里上内]|中(?!心))，?|\\b(?:on|in) (?:\\w+ ){0,3}${screen.en}\\s*[,:]\\s|\\b${screen.en}\\b(?! (?:producer|director|reporter|anchor|host|presenter|crew|star)s?\\b)[^.;,]{0,30}\\bshows?\\b`;
/** Such words somewhere in a picture. */
export const screened = new RegExp(shows, 'i');
/** The same up to somebody named behind them. */
const before = new RegExp(`(?:${shows})(?:[^，。；.;]*)$`, 'i');
/** 忽然出现在屏幕里; appears on the screen. */
const behind = new RegExp(
  `^[^，。；]{0,6}(?:出现|浮现|显示)在[^，。；]{0,6}(?:${screen.zh})(?!.?[厅间室台棚店馆会前旁])|^\\s(?:\\w+\\s)?appears? (?:on|in) (?:\\w+ ){0,2}${screen.en}\\b`,
  'i',
);
/** How a line from a screen is marked. */
export const fromScreen = new RegExp(`${screen.zh}|\\b(?:on|via|over|in) (?:\\w+ )?${screen.en}\\b`, 'i');

/** Labels of voices without a body, and of messages. */
const bodiless =
  /^(?:.{0,4}系统(?:提示)?音?|系统.{0,2}声|(?:系统)?提示音|机械音|电子音|机器音|广播|大?喇叭|导航|语音助手|(?:微信|短信|私信|弹幕|评论)[^，。]{0,10}|(?:THE )?(?:SYSTEM|COMPUTER|INTERCOM|LOUDSPEAKER|AUTOMATED|ROBOTIC)(?: VOICE)?)$/i;

/** How a line is heard, which is no manner of saying it: 电话里; over the radio. */
export const isChannel = (paren: string): boolean =>
  /^(?:(?:电话|手机|视频|对讲机|屏幕|电视|广播|话筒|耳机|语音)(?:通话|录音)?(?:里|中|上|那头|那端)?|画外|(?:on|in|into|over|through|via) (?:the |his |her )?(?:cell ?)?(?:phone|telephone|radio|intercom|speaker(?:phone)?|walkie-talkie|screen|monitor|tv|television|video|laptop)|filtered|off ?screen)$/i.test(
    paren.trim(),
  );

/** Whether somebody named at a place of an action is told of as on a screen, or calls from one: 屏幕里，裴照; 奶奶打来视频; Mom calls. */
export const isScreened = (action: string, at: number, length: number): boolean =>
  before.test(action.slice(0, at)) ||
  behind.test(action.slice(at + length)) ||
  fromScreen.test(action) ||
  /^[^，。]{0,2}(?:来电|打来|拨)|^ (?:calls|rings)\b/.test(action.slice(at + length));

/** Somebody comes in, told behind their name. */
export const comesIn =
  /走[进入下]|[闯冲跑奔赶挤溜]进|推门(?!而?[出离])|推开.{0,6}门|进[来门屋]|赶来|走来|[走跑冲]出来|出现(?:在|[，。！]|$)|\b(?:enters|appears|arrives|emerges|(?:walks|comes|bursts|rushes|runs|storms|strides|steps|barges|slips) (?:in(?:to)?|down|through|over)|descends)\b/i;

/** What a system does that has a body: 系统现身. */
const embodied = /^(?:现身|[点摇抬低转]头|[笑叉坐站飘飞跑跳走蹲躺瞪伸抱耸]|打了?个?哈欠)/;

/** The words of a clause from a place in it. */
const clauseAt = (text: string, at: number): string => /^[^，。！？,.!?]*/.exec(text.slice(at))![0];

/**
 * Tells who is in a scene without standing in it: who is told of on a screen alone, or speaks from one alone; and voices of systems that no
 * action shows. Not who does something before they are seen there, or comes in; and nobody where a scene is cut between two places.
 */
export function beyond(scene: Scene, library: Lookup): (person: Thing) => boolean {
  const isCut = ({ heading, location, elements }: Scene) =>
    endsOf(location).length > 1 || [heading, ...elements.map(({ text }) => text)].some((text) => intercut.test(text));
  if (isCut(scene)) return () => false;
  const none = () => new Set<string>();
  const [says, acts, calls, shown, here] = [none(), none(), none(), none(), none()];
  for (const { kind, text, speakers = [], paren = '', voice = 'ON' } of scene.elements) {
    if (kind === 'dialogue')
      for (const label of speakers) {
        const how = fromScreen.test(paren) ? calls : voice === 'ON' && !bodiless.test(label) ? says : undefined;
        how?.add(keyOf(library.person(label, scene.id)));
      }
    if (kind !== 'action') continue;
    for (const sentence of text.split(/(?<=[。！？!?；;\n]|\.\s)/))
      for (const { it, at, length } of library.peopleIn(sentence, scene.id)) {
        const who = keyOf(it);
        const isShown = before.test(sentence.slice(0, at)) || behind.test(sentence.slice(at + length));
        (isShown ? shown : acts).add(who);
        const isFirst = at === 0 && !calls.has(who) && !shown.has(who);
        if (!isShown && ((isFirst && !isScreened(sentence, at, length)) || comesIn.test(clauseAt(sentence, at))))
          here.add(who);
      }
  }
  const hasBody = ({ name }: Thing): boolean =>
    scene.elements.some(
      ({ kind, text }) => kind === 'action' && text.split(name).some((words, i) => i > 0 && embodied.test(words)),
    );
  return (person) => {
    const who = keyOf(person);
    if (here.has(who)) return false;
    // a screen is not marked at each of their lines
    if (says.has(who)) return calls.has(who) && shown.has(who) && !acts.has(who);
    // who speaks from a screen is told of beside it, too: 和奶奶视频通话
    return calls.has(who) || ((shown.has(who) || (bodiless.test(person.name) && !hasBody(person))) && !acts.has(who));
  };
}
