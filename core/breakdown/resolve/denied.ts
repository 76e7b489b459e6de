// Forms in which the grammar saw a person and a model, reading the same episode, sees none.
import { normalForm } from '../forms/normal.ts';
import type { Extraction, Mention } from '../schema.ts';

/**
 * The mentions without those of a form that is denied in every episode it stands in. A form with a label, a biography or a reader of its
 * own is somebody, whatever is said of it.
 */
export function withoutDenied(mentions: readonly Mention[], extractions: readonly Extraction[]): Mention[] {
  const denied = new Set(
    extractions.flatMap(({ episode, denied: forms = [] }) => forms.map((form) => idOf(form, episode))),
  );
  if (denied.size === 0) return [...mentions];
  const somebody = new Set(
    mentions
      .filter(
        ({ kind, surface, episode, role }) =>
          kind === 'character' && (sure.has(role) || !denied.has(idOf(surface, episode))),
      )
      .map(({ surface }) => normalForm(surface)),
  );
  return mentions.filter(({ kind, surface }) => kind !== 'character' || somebody.has(normalForm(surface)));
}

const sure: ReadonlySet<Mention['role']> = new Set(['speaker', 'cast', 'biography', 'read']);

const idOf = (form: string, episode: number): string => `${episode}:${normalForm(form)}`;
