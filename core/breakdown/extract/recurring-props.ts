// Which things a script keeps coming back to: nouns of the prop dictionary with their modifiers, counted, quoted or recurring.
import type { Document, Element } from '../../script/schema.ts';
import { simplified } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import { noModifier } from '../vocabulary/prop-nouns.ts';
import { elementsOf, shownIn } from './elements.ts';
import { englishThings } from './english-things.ts';
import { FormFinder } from './form-finder.ts';
import { PropCounter } from './prop-counter.ts';

/** Forms of props over the whole document, sorted. `people` and the document's places are not things. */
export function recurringProps(document: Document, people: readonly string[]): string[] {
  if (document.language === 'en') return englishThings(document);
  const places = document.episodes.flatMap(({ scenes }) => scenes.map(({ location }) => location));
  const shown = elementsOf(document).filter(({ kind }) => ['action', 'dialogue', 'caption', 'shot'].includes(kind));
  const counter = new PropCounter(new FormFinder([...people, ...places]));
  for (const element of shown) for (const text of shownIn(element)) counter.read(text, isAction(element, text));
  const forms = counter.props();
  const named = [...quotedNames(shown), ...countedNames(shown), ...handledNames(shown)].filter(
    (name) => !people.includes(name),
  );
  return [...new Set([...forms, ...named])].sort(byText);
}

function isAction({ kind, text }: Element, read: string): boolean {
  return kind === 'action' || kind === 'shot' || read !== text;
}

/** Things with a name of their own: “碧落” quoted again and again, a book 《…录》 in somebody's hand. */
function quotedNames(elements: readonly Element[]): string[] {
  const times = new Map<string, number>();
  const books: string[] = [];
  for (const { kind, text } of elements) {
    const plain = simplified(text);
    for (const [, name] of plain.matchAll(/[“"「『](\p{Script=Han}{2,4})[”"」』]/gu))
      times.set(name!, (times.get(name!) ?? 0) + 1);
    const made = kind === 'action' || kind === 'shot' ? '录书经谱诀册卷图典志记画帖' : '图画卷谱诀帖';
    for (const [, name] of plain.matchAll(/《(\p{Script=Han}{2,7})》/gu))
      if (made.includes(name!.at(-1)!)) books.push(name!);
  }
  return [
    ...books,
    ...recurring(
      [...times].filter(([, count]) => count > 1).map(([name]) => name),
      elements,
    ),
  ];
}

const handheld =
  /[一两三几半这那](?:[把柄支枚块封份本册卷幅盏顶瓶罐坛颗枝碗盘碟杯壶盆锅包袋盒箱匹])(?:(\p{Script=Han}{2,4})(?=[，。！？、；…]|$)|(\p{Script=Han}{2})(?![大形般似样色状宽厚长高]))/gu;
/** Parts of the body, stuff and weather: counted, but nobody's prop. */
const noThing = /[脸手脚眼嘴心血汗泪影光声气水火风雨雪土肉饭菜糖人话事泥灰墙门地天]$|[的了着是在]|^[一两三几半]/;

/** Nouns no dictionary knows that are counted like a thing once and come again: 一枚龟甲 … 龟甲. */
function countedNames(elements: readonly Element[]): string[] {
  const counted = new Set<string>();
  for (const { kind, text } of elements)
    if (kind === 'action' || kind === 'shot')
      for (const [, whole, start] of simplified(text).matchAll(handheld)) {
        const name = whole ?? start!;
        if (!noThing.test(name) && !name.split('').some((character) => noModifier.has(character))) counted.add(name);
      }
  return recurring([...counted], elements);
}

/** Only things are held so, and carried on: what is 接过 or 递来 may be a word or a look. */
const holding = '拿起|拿着|端起|端着|端来|端上|捡起|拾起|掏出|取出|搬起|搬来|扛着|扛起|拎着|拎起';
const inHand = new RegExp(
  `(?:${holding})(\\p{Script=Han}{2})(?=[，。！？、；…]|$|[出进走递放塞][^\\p{P}])|(?:举起|举着|抓起|抽出|递过|递来|递上|接过|提着)(\\p{Script=Han}{2})(?=[，。！？、；…]|$)|[把将](\\p{Script=Han}{2})(?=[放搁递塞扔砸摔举端])`,
  'gu',
);
/** Held, and nobody's prop: what belongs to somebody, is worn, or may be anything; and the verb behind a short one: 拿着刀走. */
const noHeld =
  /[臂膀拳袖摆孩女子人肩角力势架上里中内边旁出进走递放塞衣服裙衫裤袍]$|^[小老阿]|一|东西|物件|自己|全部|所有|身[份子体]|茶水|主[意张见]|命令|[声语]音/;

/** Nouns no dictionary knows that are taken in hand in two places, in one of them as only things are: 端着参茶 … 把参茶放下. */
function handledNames(elements: readonly Element[]): string[] {
  const times = new Map<string, number>();
  const things = new Set<string>();
  for (const { kind, text } of elements) {
    if (kind !== 'action' && kind !== 'shot') continue;
    const found = [...simplified(text).matchAll(inHand)];
    for (const [, held] of found) if (held) things.add(held);
    for (const name of new Set(found.map(([, held, given, moved]) => (held ?? given ?? moved)!)))
      times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...things].filter(
    (name) =>
      times.get(name)! > 1 &&
      !noThing.test(name) &&
      !noHeld.test(name) &&
      !name.split('').some((character) => noModifier.has(character)),
  );
}

/** Those of the names that stand in two elements at least. */
function recurring(names: readonly string[], elements: readonly Element[]): string[] {
  const finder = new FormFinder(names);
  const times = new Map<string, number>();
  for (const { text } of elements)
    for (const form of new Set(finder.all(simplified(text)).map((found) => found.form)))
      times.set(form, (times.get(form) ?? 0) + 1);
  return names.filter((name) => (times.get(name) ?? 0) > 1);
}
