// Prompts that can be used alone: written where there are none, with place, time and people put in front where they are left out.
import type { Script } from '../coverage/script.ts';
import { timeNames } from '../labels.ts';
import { lightOf } from '../light.ts';
import { promptsOf, type StyleOptions } from '../prompt.ts';
import { faultsOf, promptLanguages, promptNames } from '../prompt-faults.ts';
import type { ComposedShot } from '../schema.ts';

/**
 * A shot whose prompts name place, time and people; the same object when they did already.
 * @param place where it is taken, of a scene cut between places
 */
export function toldAgain(
  shot: ComposedShot,
  script: Script,
  style: StyleOptions,
  place = shot.location,
): ComposedShot {
  const faulty = promptNames.flatMap((name) =>
    promptLanguages
      .filter((language) => faultsOf(shot, name, language, place).length > 0)
      .map((language) => [name, language] as const),
  );
  const scene = script.sceneOf.get(shot.sceneId);
  if (faulty.length === 0 || scene === undefined) return shot;
  const light = lightOf(scene);
  const told = promptsOf(shot, {
    style,
    lighting: light.lighting,
    air: light.air,
    feeling: 'calm',
    time: shot.time,
    place,
    looks: new Map(),
    genders: new Map(),
    props: [],
  });
  const mended = { imagePrompt: { ...shot.imagePrompt }, videoPrompt: { ...shot.videoPrompt } };
  for (const [name, language] of faulty) {
    const prompt = shot[name][language];
    mended[name][language] = prompt.trim() === '' ? told[name][language] : factsOf(shot, language) + prompt;
  }
  return { ...shot, ...mended };
}

function factsOf(shot: ComposedShot, language: 'zh' | 'en'): string {
  const facts = [shot.location, timeNames[shot.time][language], ...shot.blocking.map((one) => one.name)].filter(
    (fact) => fact !== '',
  );
  return language === 'zh' ? `${facts.join('，')}。` : `${facts.join(', ')}. `;
}
