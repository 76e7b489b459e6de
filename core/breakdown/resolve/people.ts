// Who is who: sure forms become persons, the others find theirs.
import type { Biography } from '../../script/schema.ts';
import type { Hint, Mention } from '../schema.ts';
import { mergeAnchors } from './anchors.ts';
import { type Ambiguity, Attachment } from './attach.ts';
import { EvidenceTable } from './evidence.ts';
import { type FormNode, formTable, type Language } from './form-table.ts';
import { Ledger } from './ledger.ts';
import type { Opinion } from './opinion.ts';
import type { Pass } from './pass.ts';
import { biographiesByForm, Cluster } from './person.ts';
import { personSides } from './person-sides.ts';
import type { Verdicts } from './prior.ts';
import { settleOpinions } from './settle-opinions.ts';
import { shortenedCues } from './shortened-cues.ts';
import { isGeneric } from './structure.ts';

interface PeopleInput {
  readonly mentions: readonly Mention[];
  readonly hints: readonly Hint[];
  readonly biographies: readonly Biography[];
  readonly language: Language;
  readonly verdicts: Verdicts;
  /** What models said of people. */
  readonly opinions: readonly Opinion[];
}

export interface People {
  /** Persons, each once, in order of first appearance. */
  readonly persons: readonly Cluster[];
  readonly byForm: ReadonlyMap<string, Cluster>;
  readonly ambiguous: readonly Ambiguity[];
  readonly ledger: Ledger;
  readonly nodes: readonly FormNode[];
  readonly pass: Pass;
}

/** Persons of all mentions of characters, with the decisions that made them. */
export function resolvePeople({ mentions, hints, biographies, language, verdicts, opinions }: PeopleInput): People {
  const nodes = [...formTable(mentions, 'character', language).values()];
  const ledger = new Ledger('character');
  const table = new EvidenceTable(language === 'en' ? [...hints, ...shortenedCues(mentions)] : hints, 'character');
  const pass: Pass = {
    language,
    table,
    verdicts,
    ledger,
    biographies: biographiesByForm(biographies),
    meetings: meetingsOf(nodes),
  };
  const given = new Set(
    nodes.flatMap(({ parts, key }) => [parts.given, parts.stem].filter((part) => part !== undefined && part !== key)),
  );
  const isAnchor = (node: FormNode): boolean =>
    node.labels > 0 ||
    node.hasBiography ||
    verdicts.speaksFor(node.key) ||
    (language === 'zh' ? node.parts.kind === 'name' && !given.has(node.key) : isIntroduced(node));
  const byForm = mergeAnchors(nodes.filter(isAnchor), pass);
  const attachment = new Attachment(byForm, pass);
  if (language === 'zh') attachment.attachLabelled();
  attachment.attach(nodes.filter((node) => !byForm.has(node.key)));
  const told: ReadonlySet<FormNode> = new Set(attachment.ambiguous.map(({ form }) => form));
  for (const node of nodes)
    if (!byForm.has(node.key) && !told.has(node) && (attachment.asked.has(node) || standsAlone(node)))
      byForm.set(node.key, new Cluster(node, pass.biographies.get(node.key)));
  settleOpinions(opinions, personSides(nodes, byForm, told, pass), ledger);
  const persons = [...new Set(nodes.flatMap(({ key }) => byForm.get(key) ?? []))];
  return { persons, byForm, ambiguous: attachment.ambiguous.map((one) => standing(one, byForm)), ledger, nodes, pass };
}

/** The persons meant, whoever they were joined with since. */
function standing({ form, byScene }: Ambiguity, byForm: ReadonlyMap<string, Cluster>): Ambiguity {
  return {
    form,
    byScene: new Map([...byScene].map(([scene, person]) => [scene, byForm.get(person.nodes[0]!.key) ?? person])),
  };
}

/** JACK MILLER in capitals: an action line of a screenplay introduces somebody by the whole name. Daniel Pike, only spoken of, is no less one. */
function isIntroduced({ surfaces, parts }: FormNode): boolean {
  return (
    Boolean(parts.given && parts.surname) &&
    (parts.kind === 'name' || [...surfaces.keys()].some((surface) => surface === surface.toUpperCase()))
  );
}

/** A form nobody claimed that can only be somebody of its own: 李才人, 周大娘, whom a model reads as somebody. */
function standsAlone(node: FormNode): boolean {
  return node.isRead || (node.parts.kind === 'titled' && !isGeneric(node));
}

/** Forms that share a scene with a form. */
function meetingsOf(nodes: readonly FormNode[]): (node: FormNode) => ReadonlySet<FormNode> {
  const byScene = new Map<string, FormNode[]>();
  for (const node of nodes)
    for (const scene of node.scenes) {
      const list = byScene.get(scene);
      if (list) list.push(node);
      else byScene.set(scene, [node]);
    }
  return (node) => new Set([...node.scenes].flatMap((scene) => byScene.get(scene) ?? []));
}
