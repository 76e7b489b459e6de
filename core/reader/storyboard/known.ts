// What of the library is told of some scenes: who is in them, what they can wear, which things are there. Pure.
import type { Present, Scope } from './scope.ts';

/** Lines of the prompt, for these scenes alone. */
export function toldOf(sceneIds: readonly string[], { scenes, library }: Scope): string {
  const here = sceneIds.flatMap((id) => scenes.get(id) ?? []);
  const looks = new Map<string, string>();
  for (const { person, labels } of here.flatMap(({ people }) => people))
    looks.set(labels[0]!, wardrobe({ person, labels }, library.variantsOf(person.id)));
  const props = [...new Set(here.flatMap((scene) => scene.props))];
  const people = [...looks].map(([label, look]) => label + look);
  return [`people: ${people.join('、') || '-'}`, ...(props.length > 0 ? [`props: ${props.join('、')}`] : [])].join(
    '\n',
  );
}

/** Looks there is a choice of; the one that is worn anyway is not told. */
function wardrobe({ person }: Present, looks: readonly string[]): string {
  const open = looks.length === 1 && looks[0] === person.variant ? [] : looks;
  return open.length > 0 ? `[${open.join('/')}]` : '';
}
