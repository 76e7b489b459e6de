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
  const named = [...quotedNames(shown), ...countedNames(shown)].filter((name) => !people.includes(name));
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

/** Those of the names that stand in two elements at least. */
function recurring(names: readonly string[], elements: readonly Element[]): string[] {
  const finder = new FormFinder(names);
  const times = new Map<string, number>();
  for (const { text } of elements)
    for (const form of new Set(finder.all(simplified(text)).map((found) => found.form)))
      times.set(form, (times.get(form) ?? 0) + 1);
  return names.filter((name) => (times.get(name) ?? 0) > 1);
}
