// A shot with its references put right, before its place in the script is looked at.

import { isFilmed, isSpoken } from '../beats.ts';
import type { Lookup } from '../cast.ts';
import type { Script } from '../coverage/script.ts';
import { isInFrame } from '../coverage/shot.ts';
import type { CheckedShot, ShotContent } from '../schema.ts';

/** Elements that are not there are dropped (lines are found again by their words), and so are unknown assets; the place is the scene's. */
export function cleaned(shot: CheckedShot, script: Script, library: Lookup): CheckedShot {
  const lines = shot.lines.flatMap((line) => found(line, shot, script));
  const elementIds = shot.elementIds.filter((id) => {
    const element = script.places.get(id)?.element;
    return element !== undefined && isFilmed(element) && !isSpoken(element);
  });
  const sceneId = sceneOf(shot, [...elementIds, ...lines.map((line) => line.elementId)], script);
  const scene = script.sceneOf.get(sceneId);
  if (scene === undefined) return { ...shot, sceneId: '', lines: [], elementIds: [] };
  const inScene = (id: string) => script.places.get(id)?.scene.id === sceneId;
  const blocking = shot.blocking
    .filter((one) => one.assetId === '' || library.known.has(one.assetId))
    .map((one) =>
      one.variant === '' || library.variantsOf(one.assetId).includes(one.variant) ? one : { ...one, variant: '' },
    );
  const framed = { ...shot, blocking };
  return {
    ...framed,
    sceneId,
    sceneNumber: scene.number,
    elementIds: elementIds.filter(inScene),
    lines: lines.filter((line) => inScene(line.elementId)).map((line) => heard(line, framed, library)),
    locationAssetId: library.place(scene.location).id,
    location: scene.location,
    intExt: scene.intExt,
    time: scene.time,
    propAssetIds: shot.propAssetIds.filter((id) => library.known.has(id)),
  };
}

type Line = ShotContent['lines'][number];

/** A line's element: by id, else the spoken element of the same words, in the shot's own scene if it has one. */
function found(line: Line, shot: CheckedShot, script: Script): Line[] {
  const element = script.places.get(line.elementId)?.element;
  if (element !== undefined && isSpoken(element)) return [line];
  const same = script.spoken.filter((place) => place.element.text === line.text);
  const again = same.find(({ scene }) => scene.id === shot.sceneId) ?? same[0];
  return again === undefined ? [] : [{ ...line, elementId: again.element.id, part: 1, parts: 1 }];
}

/** The scene a shot says it is of, else the scene of what it cites. */
function sceneOf(shot: CheckedShot, cited: readonly string[], script: Script): string {
  if (script.sceneOf.has(shot.sceneId)) return shot.sceneId;
  return script.places.get(cited[0] ?? '')?.scene.id ?? '';
}

/** Speakers that exist; somebody who does not stand in the shot is heard, not seen. */
function heard(line: Line, shot: CheckedShot, library: Lookup): Line {
  const known = { ...line, speakerAssetIds: line.speakerAssetIds.filter((id) => library.known.has(id)) };
  return known.onScreen && !isInFrame(known, shot) ? { ...known, onScreen: false } : known;
}
