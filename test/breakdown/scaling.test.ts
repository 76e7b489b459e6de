// The work of resolution grows with the forms, not with their square: pairs are counted, not seconds.
import { expect, test } from 'vitest';
import { extractDocument } from '../../core/breakdown/index.ts';
import { candidatePairs } from '../../core/breakdown/resolve/blocking.ts';
import { type FormNode, formTable, mentionsInOrder } from '../../core/breakdown/resolve/form-table.ts';
import { parseText } from '../../core/script/index.ts';

const surnames = '沈陆周林顾秦苏白谢裴'.split('');
const given = '知远安宁清和明月舟行川岚序言景昭棠野澄屿'.split('');

/** A season of `size` people; ten surnames for all of them, so that blocks get large. */
function nodesOf(size: number): FormNode[] {
  const names = Array.from(
    { length: size },
    (_, i) => `${surnames[i % 10]}${given[Math.floor(i / 10) % 20]}${given[Math.floor(i / 200) % 20]}`,
  );
  const text = names.map(
    (name, i) =>
      `${i % 5 === 0 ? `第${i / 5 + 1}集\n` : ''}${Math.floor(i / 5) + 1}-${(i % 5) + 1} 日 内 堂屋\n人物：${name}、${names[(i + 3) % size]}\n${name}：${names[(i + 3) % size]![0]}掌柜，请。`,
  );
  return [...formTable(mentionsInOrder(extractDocument(parseText(text.join('\n')))), 'character', 'zh').values()];
}

function pairsOf(nodes: FormNode[]): number {
  const inScene = new Map<string, FormNode[]>();
  for (const node of nodes) for (const scene of node.scenes) inScene.set(scene, [...(inScene.get(scene) ?? []), node]);
  const meets = (node: FormNode) => new Set([...node.scenes].flatMap((scene) => inScene.get(scene)!));
  return candidatePairs(nodes, 'zh', meets).length;
}

test('ten times the people are at most twelve times the pairs', () => {
  const [small, large] = [nodesOf(150), nodesOf(1_500)];
  const ratio = large.length / small.length;
  expect(ratio).toBeGreaterThan(8);
  expect(pairsOf(large) / pairsOf(small)).toBeLessThan(ratio * 1.2);
});

test('a pair is looked at once, whatever blocks it shares', () => {
  const nodes = nodesOf(60);
  const pairs = candidatePairs(nodes, 'zh', () => new Set()).map(([a, b]) => [a.key, b.key].sort().join('|'));
  expect(new Set(pairs).size).toBe(pairs.length);
});
