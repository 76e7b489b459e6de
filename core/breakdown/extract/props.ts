// Things, line by line: where a known prop stands, and where a line gives it a name (这把刀，叫断水).
import type { Element, Scene } from '../../script/schema.ts';
import { simplified } from '../forms/normal.ts';
import { englishProps } from '../vocabulary/english.ts';
import { propHeads } from '../vocabulary/prop-nouns.ts';
import type { Naming } from './chinese-address.ts';
import { type Collector, spotOf } from './collect.ts';
import { shownIn } from './elements.ts';
import { phrasesIn } from './english-things.ts';
import { FormFinder } from './form-finder.ts';
import type { KnownForms } from './known-forms.ts';

const shown = ['action', 'dialogue', 'caption', 'shot'];
const naming = new RegExp(
  `(?:这|那|此)[把柄支张块枚本卷盏件把架口方]?(${propHeads.join('|')})[，,]?(?:名叫|名为|名曰|唤作|叫做|叫作|取名|叫)[“"「《]?(\\p{Script=Han}{2,4})(?=[”"」》，。！？；]|$)`,
  'u',
);

/** Prop mentions and names told for props in an episode's scenes. `named` gives the people a text names, which are no props. */
export function extractProps(
  scenes: readonly Scene[],
  known: KnownForms,
  named: (text: string) => readonly Naming[],
  into: Collector,
): void {
  const finder = new FormFinder([...known.props, ...toldNames(scenes)]);
  const places = new FormFinder(known.places);
  for (const scene of scenes) {
    let lastThing = '';
    for (const element of scene.elements) {
      if (!shown.includes(element.kind)) continue;
      const spot = spotOf(scene, element);
      if (known.language === 'en') {
        extractEnglish(element, known, named, into, scene);
        continue;
      }
      for (const text of shownIn(element)) {
        const taken = [...named(text), ...places.all(text)];
        for (const { form, start, end } of finder.all(simplified(text))) {
          // 魔君令 is a token, whoever 魔君 is
          const isToken = (span: { start: number; end: number }): boolean =>
            span.start === start && span.end < end && /[令印符]$|令牌$/.test(form);
          if (taken.some((span) => span.start < end && start < span.end && !isToken(span))) continue;
          into.mention('prop', text.slice(start, end), 'named', { ...spot, text }, [start, end]);
          lastThing = form;
        }
      }
      const told = naming.exec(element.text);
      if (told?.[1] && told[2] && lastThing.endsWith(told[1]) && lastThing !== told[2])
        into.hint('prop', lastThing, told[2], 'thing_named', spot, [told.index, told.index + told[0].length]);
    }
  }
}

function toldNames(scenes: readonly Scene[]): string[] {
  return scenes.flatMap(({ elements }) => elements.flatMap(({ text }) => naming.exec(text)?.[2] ?? []));
}

function extractEnglish(
  element: Element,
  known: KnownForms,
  named: (text: string) => readonly Naming[],
  into: Collector,
  scene: Scene,
): void {
  const forms = new Set(known.props);
  const people = named(element.text);
  for (const { form, head, start, end } of phrasesIn(element.text, englishProps)) {
    // Your brother's key: a phrase nobody shows is the thing itself.
    const known = [form, head].find((one) => forms.has(one));
    // GRANDMA ROSE holds no rose
    const isPerson = people.some((span) => span.start < end && span.end >= end);
    if (known && !isPerson) into.mention('prop', known, 'named', spotOf(scene, element), [start, end]);
  }
}
