// A value of a schema's form, for when nobody plays the model.
import { isJson, type Json, jsonIn, jsons } from './protocol.ts';

/** The smallest value that fits: first choices, one item where one is asked for, null where null will do. */
export function sampleOf(root: Json, node: unknown = root, depth = 0): unknown {
  if (!isJson(node) || depth > 12) return null;
  if (typeof node.$ref === 'string') return sampleOf(root, jsonIn(root.$defs)[node.$ref.replace('#/$defs/', '')] ?? root, depth + 1); // biome-ignore format: one thought
  if ('const' in node) return node.const;
  if (Array.isArray(node.enum)) return node.enum[0];
  const union = jsons(node.anyOf ?? node.oneOf);
  if (union.length > 0) return sampleOf(root, union[0], depth + 1);
  const types = [node.type].flat();
  if (types.includes('null')) return null;
  if (types.includes('object')) return objectOf(root, node, depth);
  if (types.includes('array')) return Array.from({ length: Number(node.minItems ?? 1) }, () => sampleOf(root, node.items, depth + 1)); // biome-ignore format: one thought
  if (types.includes('integer') || types.includes('number')) return Number(node.minimum ?? 1);
  return types.includes('boolean') ? false : '灯塔'.padEnd(Number(node.minLength ?? 0), '。');
}

const objectOf = (root: Json, node: Json, depth: number): Json =>
  Object.fromEntries(
    Object.entries(jsonIn(node.properties)).map(([name, of]) => [name, sampleOf(root, of, depth + 1)]),
  );
