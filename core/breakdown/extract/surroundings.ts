// Vehicles, creatures, effects and sounds, by the words of their dictionaries.
import type { Element, Scene } from '../../script/schema.ts';
import { simplified } from '../forms/normal.ts';
import type { AssetKind } from '../schema.ts';
import { englishCreatures, englishVehicles } from '../vocabulary/english.ts';
import { creatures, effects, sounds, vehicles } from '../vocabulary/surroundings.ts';
import type { Naming } from './chinese-address.ts';
import { type Collector, spotOf } from './collect.ts';
import { phrasesIn } from './english-things.ts';
import { FormFinder } from './form-finder.ts';
import type { KnownForms } from './known-forms.ts';

const kinds: ReadonlyMap<string, AssetKind> = new Map([
  ...vehicles.map((word): [string, AssetKind] => [word, 'vehicle']),
  ...creatures.map((word): [string, AssetKind] => [word, 'creature']),
  ...effects.map((word): [string, AssetKind] => [word, 'effect']),
  ...sounds.map((word): [string, AssetKind] => [word, 'sound']),
]);
const finder = new FormFinder(kinds.keys());
const countedCreature =
  /[一两三四五六几这那][匹头只条群](?:\p{Script=Han}{0,3}?)([猫狗犬马驴牛羊鸡鸭鹅猪虎狼狐兔蛇龙凤鹤鸦鸽鹰鼠鱼])(?!灯|面|血)/gu;

/** Mentions of vehicles, creatures, effects and sounds in what an episode shows and sounds. */
export function extractSurroundings(
  scenes: readonly Scene[],
  known: KnownForms,
  named: (text: string) => readonly Naming[],
  into: Collector,
): void {
  for (const scene of scenes)
    for (const element of scene.elements) {
      if (element.kind === 'sound' && element.text)
        into.mention('sound', element.text.slice(0, 20), 'named', spotOf(scene, element));
      if (!['action', 'shot', 'caption'].includes(element.kind)) continue;
      if (known.language === 'zh') chinese(scene, element, named(element.text), known.props, into);
      else english(scene, element, into);
    }
}

function chinese(
  scene: Scene,
  element: Element,
  people: readonly Naming[],
  props: readonly string[],
  into: Collector,
): void {
  const spot = spotOf(scene, element);
  const text = simplified(element.text);
  const things = new FormFinder(props).all(text);
  const free = (start: number, end: number): boolean =>
    ![...people, ...things].some((span) => span.start < end && start < span.end);
  const taken = finder.all(text).filter(({ start, end }) => free(start, end));
  for (const { form, start, end } of taken)
    into.mention(kinds.get(form)!, element.text.slice(start, end), 'named', spot, [start, end]);
  for (const match of text.matchAll(countedCreature)) {
    const end = match.index + match[0].length;
    if (free(end - 1, end) && !taken.some((span) => span.start < end && match.index < span.end))
      into.mention('creature', match[1]!, 'named', spot, [end - 1, end]);
  }
}

function english(scene: Scene, element: Element, into: Collector): void {
  const spot = spotOf(scene, element);
  for (const [kind, nouns] of [['vehicle', englishVehicles] as const, ['creature', englishCreatures] as const])
    for (const { head, start, end } of phrasesIn(element.text, nouns))
      into.mention(kind, head, 'named', spot, [start, end]);
  for (const match of element.text.matchAll(
    /\b([A-Z]{4,}S?)\s+(?:sounds?|is heard|rings?|echoes)|\b(?:sound|noise) of (?:a |an |the )?([a-z ]{3,20})/g,
  ))
    into.mention('sound', (match[1] ?? match[2])!.trim().toLowerCase(), 'named', spot, [
      match.index,
      match.index + match[0].length,
    ]);
}
