// For `npm test`: cdk.out, and what suites look at, in one process.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { dirname } from 'node:path';
import { changePlaces } from '../../../scripts/build/change-places.ts';
import { synth } from '../../../scripts/synth.ts';
import { keptIn, type ModelName, models, synthesise } from './stage.ts';

await synth();
for (const name of Object.keys(models) as ModelName[]) {
  const place = keptIn(name);
  mkdirSync(dirname(place), { recursive: true });
  changePlaces(await synthesise(models[name], { folder: mkdtempSync(`${place}-`) }), place);
}
