// What persists from shot to shot: things held, wounds shown, clothes put on. A list to check by, not a judgement.
import { keyOf, type Person } from './cast.ts';

/** Per person (id or name) what is known of their state: a kind → the words that say it. */
export type States = ReadonlyMap<string, ReadonlyMap<string, string>>;

const holds =
  /(?:手持|手捧|捧着|抱着|提着|拎着|举着|端着|摇着|拄着|握着|拿着|撑着|背着|抱起|捧起|拿起|端起|举起|\b(?:holds?|carr(?:y|ies|ying)|holding|grips?))/i;
const lays =
  /(?:放下|放在|放入|扔|掷|落地|掉落|递给|交给|塞进|塞给|搁|\b(?:drops?|puts? down|lays?|hands? (?:over|it)))/i;
const hurt = /(?:血迹|染血|满身鞭痕|血肉模糊|中箭|受伤|鲜血|喷出一口血|血痕|伤口|\b(?:wound|bleed|blood|bruise))/i;
const dressed = /(?:换上|披上|穿上|戴上|换回|披麻戴孝|扮作|身着|一身)([^，。；、,.;]{1,12})/;

/**
 * States after an action.
 * @param before states so far in this scene
 * @param who the one who acts; undefined leaves everything as it was
 * @param action the script's words
 * @param props names of the props named in it, in order
 * @param wounded whose wound it tells of
 */
export function after(
  before: States,
  who: Person | undefined,
  action: string,
  props: readonly string[],
  wounded: Person | undefined = who,
): States {
  if (who === undefined || action === '') return before;
  const mine = new Map(before.get(keyOf(who)));
  const held = mine.get('hold');
  if (lays.test(action) && (held === undefined || props.length === 0 || props.includes(held))) mine.delete('hold');
  const prop = props[0];
  if (prop !== undefined && holds.test(action) && !lays.test(action)) mine.set('hold', prop);
  const clothes = dressed.exec(action);
  if (clothes !== null) mine.set('dress', clothes[0]);
  const states = new Map([...before, [keyOf(who), mine]]);
  const wound = hurt.test(action) ? clausesOf(action).find((words) => hurt.test(words)) : undefined;
  if (wound === undefined || wounded === undefined) return states;
  return states.set(keyOf(wounded), new Map(states.get(keyOf(wounded))).set('wound', wound.trim()));
}

const clausesOf = (action: string): string[] => action.split(/[，,；;。.！!？?]/);

/** Where an action tells of a wound: how far into its words; undefined where it tells of none. */
export const woundAt = (action: string): number | undefined => hurt.exec(action)?.index;

/** The states of the people in a shot as sentences: "谢灯儿：手持小灯". */
export function persisting(states: States, people: readonly Person[], language: 'zh' | 'en'): string[] {
  return people.flatMap((person) =>
    [...(states.get(keyOf(person)) ?? [])].map(
      ([kind, words]) => `${person.name}${language === 'zh' ? '：' : ': '}${said(kind, words, language)}`,
    ),
  );
}

function said(kind: string, words: string, language: 'zh' | 'en'): string {
  const short = words.length > 24 ? `${words.slice(0, 24)}…` : words;
  if (kind === 'hold') return language === 'zh' ? `手持${short}` : `holding ${short}`;
  if (kind === 'wound') return language === 'zh' ? `带伤（${short}）` : `wounded (${short})`;
  return language === 'zh' ? `造型：${short}` : `dressed: ${short}`;
}
