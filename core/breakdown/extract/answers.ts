// Whom a call in a line means, by who is there and who answers. Pure.
import type { Scene } from '../../script/schema.ts';
import { readName } from '../forms/read-name.ts';
import { asksWho } from '../vocabulary/told-alias.ts';
import type { Naming } from './chinese-address.ts';

const picksUp =
  /(?:手机|电话)[^。]{0,6}[响震]|[接拨](?:起|通|听|打|了)[^。]{0,3}电话|电话接通|\bphone\b[^.]{0,40}\b(?:rings|buzzes|vibrates)|\b(?:answers|picks up|dials)\b[^.]{0,40}\b(?:phone|call)/i;

/** Whoever speaks right after a phone rang speaks to nobody in the room. */
export function isOnPhone({ elements }: Scene, at: number): boolean {
  const before = elements[at - 1];
  return elements[at]?.voice === 'PHONE' || (before?.kind === 'action' && picksUp.test(before.text));
}

/** 你是谁？ — 陆沉舟。 Name? — Ava Monroe. Whoever is asked says the name, and calls nobody. */
export function isOwnAnswer(
  { elements }: Scene,
  at: number,
  { form, start, end }: Naming,
  language: 'zh' | 'en',
): boolean {
  const { text, speakers = [] } = elements[at]!;
  const isSaid =
    /^(?:[^，。！？,.!?]{0,6}[，,])?[“"]?$/.test(text.slice(0, start)) &&
    /^[”"]?(?:[。.](?!\.)|$)/.test(text.slice(end));
  if (!isSaid || !['name', 'pet', 'other'].includes(readName(form, language).kind)) return false;
  let before = at - 1;
  while (before >= 0 && elements[before]!.kind !== 'dialogue') before--;
  const asked = elements[before];
  return asked !== undefined && !asked.speakers?.includes(speakers[0] ?? '') && asksWho(asked.text);
}

type Answer = readonly [string, 'spoken_to' | 'only_listener' | 'answers'];

/** Who may be meant by a call in the line at `at`, and by which rule. */
export function answering(
  scene: Scene,
  at: number,
  speaker: string,
  listeners: readonly string[],
  paren?: string,
): Answer[] {
  const told = /(?:对|朝|向|看着|看向|转向|拉着|扶着)(.{1,6}?)(?:说|道|喊|$|[，,。])/.exec(paren ?? '')?.[1];
  if (told && listeners.includes(told)) return [[told, 'spoken_to']];
  if (listeners.length === 1) return [[listeners[0]!, 'only_listener']];
  const around = [scene.elements.slice(at + 1, at + 4), scene.elements.slice(Math.max(0, at - 2), at).reverse()];
  return around.flatMap((elements): Answer[] => {
    const [answer] = elements.find(({ kind }) => kind === 'dialogue')?.speakers ?? [];
    return answer && answer !== speaker && listeners.includes(answer) ? [[answer, 'answers']] : [];
  });
}
