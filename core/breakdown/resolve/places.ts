// Which slug lines mean one set: ruins, renamed houses, a family's home under several words; and what lies in what.
import { normalForm } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import type { Hint } from '../schema.ts';
import { placeStateOnly, residences, rooms } from '../vocabulary/places.ts';
import { evidenceOf } from './evidence.ts';
import { type FormNode, formTable, type Language, quotedAt } from './form-table.ts';
import { type GroupInput, groupForms, groupSides, type Pair } from './groups.ts';
import { Ledger } from './ledger.ts';
import { settleOpinions } from './settle-opinions.ts';

export interface Places {
  readonly groups: ReadonlyMap<string, FormNode[]>;
  /** Key of the form of the place a place lies in, by form key. */
  readonly within: ReadonlyMap<string, string>;
  readonly ledger: Ledger;
}

/** Places of all slug lines, grouped, with what tells that two are one. */
export function resolvePlaces({ mentions, hints, language, verdicts, opinions }: GroupInput): Places {
  const table = formTable(mentions, 'location', language);
  const nodes = [...table.values()];
  const ledger = new Ledger('location');
  const pairs = [
    ...stated(nodes, table),
    ...renamed(nodes, table, hints),
    ...(language === 'zh' ? homes(nodes) : []),
    ...written(nodes),
    ...shortened(nodes, language),
  ];
  const groups = groupForms(nodes, pairs, verdicts, ledger);
  settleOpinions(opinions, groupSides(table, groups, verdicts, ledger), ledger);
  return { groups, within: containers(nodes, language), ledger };
}

/** 谢家灯铺废墟 is 谢家灯铺 in another state. */
function stated(nodes: readonly FormNode[], table: ReadonlyMap<string, FormNode>): Pair[] {
  return nodes.flatMap((node) => {
    const base = table.get(node.key.replace(placeStateOnly, ''));
    return base && base !== node ? [{ a: base, b: node, evidence: [evidenceOf('place_state', quotedAt(node))] }] : [];
  });
}

/** What a caption or a line calls by a new name: the sets themselves, and their rooms (盛和医院病房, 仁心医院病房). */
function renamed(nodes: readonly FormNode[], table: ReadonlyMap<string, FormNode>, hints: readonly Hint[]): Pair[] {
  return hints
    .filter(({ kind }) => kind === 'location')
    .flatMap(({ a, b, evidence }): Pair[] => {
      const [from, to] = [normalForm(a), normalForm(b)];
      const [old, fresh] = [table.get(from), table.get(to)];
      const pairs: Pair[] = old && fresh && old !== fresh ? [{ a: old, b: fresh, evidence: [evidence] }] : [];
      for (const node of nodes) {
        if (!node.key.startsWith(from) || node.key === from) continue;
        const twin = table.get(to + node.key.slice(from.length));
        if (twin && twin !== node) pairs.push({ a: node, b: twin, evidence: [evidence] });
      }
      return pairs;
    });
}

interface Home {
  readonly family: string;
  readonly residence: string;
  readonly room: string;
}

/** 陆家老宅客厅: family 陆, residence 老宅, room 客厅. */
function homeOf(key: string): Home | undefined {
  for (const residence of residences) {
    const at = key.indexOf(residence, 1);
    const head = key.slice(0, at).replace(/家$/, '');
    if (at >= 1 && head.length >= 1 && head.length <= 3)
      return { family: head, residence, room: key.slice(at + residence.length) };
  }
  return undefined;
}

/** One family's home under different words, room by room; two words the script uses side by side in an episode are two homes. */
function homes(nodes: readonly FormNode[]): Pair[] {
  const byRoom = new Map<string, FormNode[]>();
  for (const node of nodes) {
    const home = homeOf(node.key);
    if (!home) continue;
    const id = `${home.family}\n${home.room}`;
    byRoom.set(id, [...(byRoom.get(id) ?? []), node]);
  }
  return [...byRoom.values()].flatMap((same) =>
    same.flatMap((a, index) =>
      same.slice(index + 1).map((b): Pair => {
        const beside = [...a.episodes].some((episode) => b.episodes.has(episode));
        const evidence = [
          evidenceOf('place_same_home', quotedAt(b)),
          ...(beside ? [evidenceOf('rarely_there', quotedAt(b))] : []),
        ];
        return { a, b, evidence };
      }),
    ),
  );
}

/** The same place with an article, a possessive or a mark of time more: THE BANK, BANK - LATER; 客厅里, 客厅内. */
function written(nodes: readonly FormNode[]): Pair[] {
  const byBare = new Map<string, FormNode[]>();
  for (const node of nodes) {
    const bare = bareOf(node.surface);
    byBare.set(bare, [...(byBare.get(bare) ?? []), node]);
  }
  return [...byBare.values()].flatMap(([first, ...others]) =>
    others.map((b): Pair => ({ a: first!, b, evidence: [evidenceOf('place_written', quotedAt(b))] })),
  );
}

function bareOf(surface: string): string {
  const plain = surface
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:the|a|an)\s+/, '')
    .replace(
      /\s*[-–—(]+\s*(?:later|continuous|same(?: time)?|moments? later|flashback|night|day|evening|morning)\)?\s*$/,
      '',
    )
    .replace(/;.*$/, '')
    .replace(/(.{2,})[里内]$/, '$1');
  // KITCHEN - HOBB HOUSE, HOBB'S HOUSE - KITCHEN, HOBB RESIDENCE - KITCHEN
  const parts = partsOf(plain).map((part) =>
    normalForm(part.replace(/^(.+?)(?:['’]s|s['’])? (?:house|home|residence)$/, '$1 house')),
  );
  return parts.sort(byText).join('\n');
}

/** HOBB HOUSE and KITCHEN of HOBB HOUSE - KITCHEN; a Chinese place is one part. */
function partsOf(surface: string): string[] {
  return surface.split(/\s+[-–—]+\s+|(?<=[a-z]),\s+/i).filter((part) => normalForm(part) !== '');
}

/** Places longer by what is in front: 学校天台 for 天台, POLICE STATION - BULLPEN for BULLPEN, RAVENHOLD CASTLE - HALL for RAVENHOLD - HALL. Where it is one, a person is asked. */
function shortened(nodes: readonly FormNode[], language: Language): Pair[] {
  const byTail = new Map<string, FormNode[]>();
  for (const node of nodes)
    for (const tail of new Set(language === 'zh' ? chineseTails(node.key) : englishTails(node.surface)))
      byTail.set(tail, [...(byTail.get(tail) ?? []), node]);
  return nodes.flatMap((b): Pair[] => {
    const longer = (byTail.get(language === 'zh' ? b.key : wordsOf(b.surface).join(' ')) ?? []).filter((a) => a !== b);
    const [a, ...others] = longer;
    return a && others.length === 0 ? [{ a, b, evidence: [evidenceOf('place_shortened', quotedAt(b))] }] : [];
  });
}

const wordsOf = (surface: string): string[] =>
  surface
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

function chineseTails(key: string): string[] {
  return Array.from({ length: Math.max(0, key.length - 3) }, (_, at) => key.slice(at + 2));
}

/** What else a place may be called: its last part or words alone, and each part in front cut short. */
function englishTails(surface: string): string[] {
  const words = wordsOf(surface);
  const parts = partsOf(surface).map(wordsOf);
  const [head = [], ...rest] = parts;
  const cut = rest.length > 0 ? head.slice(1).map((_, at) => [...head.slice(0, at + 1), ...rest.flat()]) : [];
  const tails = words.slice(1).flatMap((_, at) => (beside.has(words[at]!) ? [] : [words.slice(at + 1)]));
  return [...tails, ...cut].map((tail) => tail.join(' '));
}

/** Behind such a word stands another place: OUTSIDE THE BANK, A FIELD NEAR THE FARM. */
const beside: ReadonlySet<string> = new Set(
  'the a an of to in at on by near outside behind opposite adjoining'.split(' '),
);

/** 大理寺正堂 lies in 大理寺 where that is a set of its own; the longest such place wins. */
function containers(nodes: readonly FormNode[], language: Language): Map<string, string> {
  const keys = new Set(nodes.map(({ key }) => key));
  // PIER 19 is no part of PIER 1: English says where a part begins
  if (language === 'en')
    return new Map(
      nodes.flatMap(({ key, surface }): [string, string][] => {
        const parts = partsOf(surface);
        const heads = parts.slice(1).map((_, at) => normalForm(parts.slice(0, at + 1).join('')));
        const head = heads.findLast((one) => keys.has(one));
        return head ? [[key, head]] : [];
      }),
    );
  const within = new Map<string, string>();
  for (const { key } of [...nodes].sort((a, b) => byText(a.key, b.key))) {
    for (let end = key.length - 1; end >= 2; end -= 1) {
      const head = key.slice(0, end);
      if (!keys.has(head) || placeStateOnly.test(key)) continue;
      within.set(key, head);
      break;
    }
  }
  return within;
}

/** The house a room belongs to by its words alone: 大理寺 of 大理寺正堂; '' where none is told. */
export function houseOf(surface: string): string {
  const written = /^(.+?)(?:[·・/—-]|\s)(.+)$/u.exec(surface);
  if (!/\p{Script=Han}/u.test(surface)) return partsOf(surface).slice(0, -1).join(' - ');
  if (written?.[1]) return written[1];
  const room = rooms.find((word) => surface.endsWith(word) && surface.length - word.length >= 2);
  return room ? surface.slice(0, -room.length) : '';
}
