// What of the library is told of some scenes: who is in them, what they can wear, which things are there. Pure.
import type { Present, Scope } from './scope.ts';

/** Lines of the prompt, for these scenes alone. */
export function toldOf(sceneIds: readonly string[], scope: Scope): string {
  const props = [...new Set(sceneIds.flatMap((id) => scope.scenes.get(id)?.props ?? []))];
  return [peopleTold(sceneIds, scope), ...(props.length > 0 ? [`props: ${props.join('、')}`] : [])].join('\n');
}

/** Who is in the scenes, and the looks there are to choose from. */
export function peopleTold(sceneIds: readonly string[], { scenes, library }: Scope): string {
  const looks = new Map<string, string>();
  for (const { person, labels } of sceneIds.flatMap((id) => scenes.get(id)?.people ?? []))
    looks.set(labels[0]!, wardrobe({ person, labels }, library.variantsOf(person.id)));
  return `people: ${[...looks].map(([label, look]) => label + look).join('、') || '-'}`;
}

/** Looks there is a choice of; the one that is worn anyway is not told. */
function wardrobe({ person }: Present, looks: readonly string[]): string {
  const open = looks.length === 1 && looks[0] === person.variant ? [] : looks;
  return open.length > 0 ? `[${open.join('/')}]` : '';
}
