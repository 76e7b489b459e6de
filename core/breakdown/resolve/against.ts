// What speaks against two people being one: both on a cast line, both speaking, one calling the other, gender, age, own biographies.
import type { Evidence, Mention } from '../schema.ts';
import type { EvidenceTable } from './evidence.ts';
import { evidenceOf } from './evidence.ts';
import type { FormNode } from './form-table.ts';
import { quotedAt } from './form-table.ts';
import type { Cluster } from './person.ts';

/** Scenes two clusters share, at most `most` of them: one is enough to part them, and a long list tells no more. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>, most: number): string[] {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  const both: string[] = [];
  for (const scene of small) {
    if (large.has(scene)) both.push(scene);
    if (both.length === most) break;
  }
  return both.sort();
}

/** Negative evidence between two clusters. Calls and talk come from the hints, the rest from where their forms stand. */
export function evidenceAgainst(a: Cluster, b: Cluster, table: EvidenceTable): Evidence[] {
  const against: Evidence[] = [];
  for (const scene of shared(a.castScenes, b.castScenes, 1))
    against.push(evidenceOf('same_cast_line', quoteIn(a, scene, 'cast')));
  const shortened = new Set(
    a.nodes
      .flatMap(({ key }) =>
        b.nodes.flatMap((to) => table.between(key, to.key).filter(({ rule }) => rule === 'cue_shortened')),
      )
      .map(({ line }) => line),
  );
  const isRevealed = a.nodes.some(({ key }) =>
    b.nodes.some((to) => {
      const told = new Set(table.between(key, to.key).map(({ rule }) => rule));
      return told.has('unmasks') && told.has('takes_over');
    }),
  );
  for (const scene of shared(a.speakScenes, b.speakScenes, 3)) {
    if (shortened.has(quoteIn(a, scene, 'speaker').line)) continue;
    // A cue nobody listed beside a listed name is as likely the same person under a new label.
    const listed = a.castScenes.has(scene) || b.castScenes.has(scene);
    const both = a.castScenes.has(scene) && b.castScenes.has(scene);
    // MASKED MAN until the mask is off, TYLER from there on
    if ((!listed || both) && !isRevealed) against.push(evidenceOf('both_speak', quoteIn(a, scene, 'speaker')));
    else against.push(evidenceOf('both_speak', quoteIn(a, scene, 'speaker'), 1 / 3));
  }
  const [ga, gb] = [a.gender, b.gender];
  if (ga && gb && ga !== gb) against.push(evidenceOf('gender', quotedAt(b.nodes[0]!)));
  const [ya, yb] = [a.age, b.age];
  if (ya !== undefined && yb !== undefined && Math.abs(ya - yb) > 5)
    against.push(evidenceOf('age', quotedAt(b.nodes[0]!)));
  if (ranksDiffer(a, b)) against.push(evidenceOf('other_rank', quotedAt(b.nodes[0]!)));
  if (a.biographies.length > 0 && b.biographies.length > 0)
    against.push(evidenceOf('own_biographies', quotedAt(b.nodes[0]!)));
  for (const from of a.nodes)
    for (const to of b.nodes) against.push(...table.between(from.key, to.key).filter(({ weight }) => weight < 0));
  return against;
}

const ranked = /^([大二三四五六七八九])(小姐|少爷|公子|姑娘|夫人|爷|少|郎|皇子|殿下|王爷|奶奶|师兄|师姐|师弟|师妹)$/;

/** 苏大小姐 and 苏二小姐 are sisters. */
function ranksDiffer(a: Cluster, b: Cluster): boolean {
  const ranks = (cluster: Cluster): Map<string, string> =>
    new Map(
      cluster.nodes.flatMap(({ key, parts }) => {
        const [, rank, title] = ranked.exec(parts.title ?? key) ?? [];
        return rank && title ? [[`${parts.surname ?? ''}${title}`, rank] as const] : [];
      }),
    );
  const other = ranks(b);
  return [...ranks(a)].some(([title, rank]) => other.has(title) && other.get(title) !== rank);
}

function quoteIn(cluster: Cluster, scene: string, role: Mention['role']): Pick<Evidence, 'quote' | 'line' | 'episode'> {
  for (const node of cluster.nodes) {
    const found = mentionIn(node, scene, role);
    if (found) return found;
  }
  return quotedAt(cluster.nodes[0]!);
}

function mentionIn({ surfaces }: FormNode, scene: string, role: Mention['role']): Mention | undefined {
  for (const mentions of surfaces.values()) {
    const found = mentions.find((mention) => mention.sceneId === scene && mention.role === role);
    if (found) return found;
  }
  return undefined;
}
