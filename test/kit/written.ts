// Scripts made up of scenes and lines, no two lines alike unless wanted, and what people do to scripts.
import fc from 'fast-check';

export type Line = string;
export type Scene = { place: string; lines: Line[] };

/** Scenes by episode, written as a script. */
export const written = (episodes: Scene[][]): string =>
  episodes
    .map((scenes, e) =>
      [
        `第${e + 1}集`,
        ...scenes.flatMap(({ place, lines }, s) => ['', `${e + 1}-${s + 1} 日 内 ${place}`, ...lines]),
      ].join('\n'),
    )
    .join('\n\n');

const ground =
  '春风又绿江南岸明月何时照我还山重水复疑无路柳暗花明又一村沉舟侧畔千帆过病树前头万木春采菊东篱下悠然见南山';
/** A sentence that no other number has, and that is like no other. */
export function sentence(n: number): string {
  const at = (k: number) => ground[(n * 7 + k * (3 + (n % 11)) + k * k * (n % 5)) % ground.length]!;
  return `${Array.from({ length: 9 }, (_, k) => at(k)).join('')}${n}。`;
}
export const lineOf = (n: number): Line =>
  n % 3 === 0 ? `△${sentence(n)}` : `${n % 3 === 1 ? '林晚' : '秦姨'}：${sentence(n)}`;

/** A script of so many scenes per episode, each of so many lines, no two of them alike. */
export function aScript(episodes: number, scenes: number, lines: number): Scene[][] {
  let n = 0;
  return Array.from({ length: episodes }, (_e, e) =>
    Array.from({ length: scenes }, (_s, s) => ({
      place: `第${e * scenes + s}街`,
      lines: Array.from({ length: lines }, () => lineOf(n++)),
    })),
  );
}

const acts = [
  'reword',
  'lengthen',
  'cut line',
  'add line',
  'repeat line',
  'move line',
  'give to another',
  'add scene',
  'cut scene',
  'move scene',
  'split scene',
  'add episode',
  'cut episode',
  'move episode',
  'split episode',
  'rename',
] as const;
export type Act = { readonly act: (typeof acts)[number]; readonly a: number; readonly b: number };

/** Anything people do to a script, a few times. */
export const anyActs = fc.array(fc.record({ act: fc.constantFrom(...acts), a: fc.nat(1000), b: fc.nat(1000) }), {
  minLength: 1,
  maxLength: 6,
});

/** The script after one act; the numbers choose where. Of a script nothing is left of, people write another. */
export function acted(before: Scene[][], act: Act): Scene[][] {
  const after = afterAct(before, act).filter((scenes) => scenes.length > 0);
  return after.length > 0 ? after : [[{ place: '空街', lines: [lineOf(900 + act.a)] }]];
}

function afterAct(before: Scene[][], { act, a, b }: Act): Scene[][] {
  const script = structuredClone(before);
  const scenes = script.flatMap((episode) => episode.map((scene) => ({ episode, scene })));
  const one = scenes[a % Math.max(1, scenes.length)];
  const other = scenes[b % Math.max(1, scenes.length)];
  if (!one || !other) return [];
  const { lines } = one.scene;
  const at = b % Math.max(1, lines.length);
  const line = lines[at];
  const episode = script.indexOf(one.episode);
  const to = b % (script.length + 1);
  switch (act) {
    case 'reword':
      if (line) lines[at] = `${line.slice(0, -3)}${b}！`;
      break;
    case 'lengthen':
      if (line) lines[at] = `${line}再来一次，好不好？`;
      break;
    case 'cut line':
      lines.splice(at, 1);
      break;
    case 'add line':
      lines.splice(at, 0, lineOf(2000 + a));
      break;
    case 'repeat line':
      if (line) other.scene.lines.push(line);
      break;
    case 'move line':
      if (line) {
        lines.splice(at, 1);
        other.scene.lines.splice(a % (other.scene.lines.length + 1), 0, line);
      }
      break;
    case 'give to another':
      if (line) lines[at] = line.replace(/^[^△：]+：/, '秦姨：');
      break;
    case 'add scene':
      one.episode.splice(b % (one.episode.length + 1), 0, {
        place: `新街${a}`,
        lines: [lineOf(4000 + a), lineOf(6000 + b)],
      });
      break;
    case 'cut scene':
      one.episode.splice(one.episode.indexOf(one.scene), 1);
      break;
    case 'move scene':
      one.episode.splice(one.episode.indexOf(one.scene), 1);
      other.episode.splice(b % (other.episode.length + 1), 0, one.scene);
      break;
    case 'split scene':
      one.episode.splice(one.episode.indexOf(one.scene) + 1, 0, { place: `后街${a}`, lines: lines.splice(at) });
      break;
    case 'add episode':
      script.splice(to, 0, [{ place: `远街${a}`, lines: [lineOf(8000 + a), lineOf(9000 + b)] }]);
      break;
    case 'cut episode':
      script.splice(episode, 1);
      break;
    case 'move episode':
      script.splice(episode, 1);
      script.splice(b % (script.length + 1), 0, one.episode);
      break;
    case 'split episode':
      script.splice(episode + 1, 0, one.episode.splice(b % (one.episode.length + 1)));
      break;
    case 'rename':
      return JSON.parse(JSON.stringify(script).replaceAll('林晚', `林${'婉宛莞'[b % 3]}`)) as Scene[][];
  }
  return script;
}
