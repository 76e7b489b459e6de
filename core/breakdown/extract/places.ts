// Sets: every slug line's place, and what captions and lines tell about a place's new or earlier name.
import type { Scene } from '../../script/schema.ts';
import { formerly, renames } from '../vocabulary/places.ts';
import { type Collector, slugOf, spotOf } from './collect.ts';
import { FormFinder } from './form-finder.ts';
import type { KnownForms } from './known-forms.ts';

/** Place mentions and rename hints of an episode's scenes. */
export function extractPlaces(scenes: readonly Scene[], known: KnownForms, into: Collector): void {
  const places = new FormFinder([...known.places, ...known.places.flatMap(basesOf)]);
  for (const scene of scenes) {
    if (scene.location) {
      const start = scene.heading.indexOf(scene.location);
      into.mention(
        'location',
        scene.location,
        'place',
        slugOf(scene),
        start < 0 ? undefined : [start, start + scene.location.length],
      );
    }
    if (known.language === 'zh') for (const element of scene.elements) tellRename(scene, element, known, places, into);
  }
}

/** 盛和医院 of 盛和医院病房 and 盛和医院·大厅: what a rename may speak of. */
function basesOf(place: string): string[] {
  const base =
    /^(.{2,8}?(?:医院|集团|公司|酒店|学校|学院|大学|大厦|餐厅|饭店|咖啡厅|咖啡馆|茶楼|客栈|酒楼|酒吧|会所|工作室|王府|相府|侯府|府|宫|殿|阁|庄|庙|寺|铺|坊|楼|馆|店|堂))./.exec(
      place,
    );
  return base?.[1] ? [base[1]] : [];
}

function tellRename(
  scene: Scene,
  element: Scene['elements'][number],
  known: KnownForms,
  places: FormFinder,
  into: Collector,
): void {
  if (element.kind === 'cast') return;
  const { text } = element;
  const spot = spotOf(scene, element);
  const named = places.all(text);
  const isPlace = (form: string): boolean => known.places.some((place) => place.startsWith(form));
  for (const pattern of renames) {
    const told = pattern.exec(text);
    const fresh = told?.[1]?.replace(/[了吧啊呢]$/, '');
    if (!told || !fresh) continue;
    const old = named.filter(({ end }) => end <= told.index).at(-1)?.form ?? scene.location;
    // A caption is the author's word; a line of talk must name a set that exists.
    if (old && (element.kind === 'caption' || isPlace(fresh)))
      into.hint('location', old, fresh, 'place_renamed', spot, [told.index, told.index + told[0].length]);
    break;
  }
  if (element.kind === 'dialogue') return;
  for (const pattern of formerly) {
    const told = pattern.exec(text);
    const old = told && named.find(({ start, end }) => start >= told.index && end <= told.index + told[0].length);
    if (old && scene.location && old.form !== scene.location)
      into.hint('location', old.form, scene.location, 'place_formerly', spot, [old.start, old.end]);
  }
}
