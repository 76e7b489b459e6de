// A scene cut into pieces: between elements, and where one alone is too long, between its sentences. Pure.
import { elementTokens, type FittedElement, type FittedScene, headTokens, sceneTokens } from './weigh.ts';

/** Pieces in order, each within `tokens` as far as a heading leaves room for anything; the scene itself where it fits. */
export function cutScene(scene: FittedScene, tokens: number): FittedScene[] {
  if (sceneTokens(scene) <= tokens) return [scene];
  const room = Math.max(16, tokens - headTokens(scene));
  const groups: FittedElement[][] = [];
  let filled = 0;
  for (const element of scene.elements.flatMap((one) => cutElement(one, room))) {
    const weight = elementTokens(element);
    const last = groups.at(-1);
    if (last && filled + weight <= room) {
      last.push(element);
      filled += weight;
    } else {
      groups.push([element]);
      filled = weight;
    }
  }
  if (groups.length < 2) return [scene];
  return groups.map((elements, at) => ({ ...scene, elements, part: at + 1, parts: groups.length }));
}

function cutElement(element: FittedElement, room: number): FittedElement[] {
  if (elementTokens(element) <= room) return [element];
  const rest = elementTokens({ ...element, text: '' });
  // no text has more tokens than characters
  const texts = cutText(element.text, Math.max(1, room - rest));
  if (texts.length < 2) return [element];
  return texts.map((text, at) => ({ ...element, text, piece: { part: at + 1, parts: texts.length } }));
}

const sentences = /[^。！？!?.…\n]*[。！？!?.…\n]+[”’"』」）)]*|[^。！？!?.…\n]+/gu;

/** Pieces of at most `most` characters, ended where sentences end if any does. */
function cutText(text: string, most: number): string[] {
  const pieces: string[] = [];
  for (const sentence of (text.match(sentences) ?? []).flatMap((one) => chunks(one, most))) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length <= most) pieces[pieces.length - 1] = last + sentence;
    else pieces.push(sentence);
  }
  return pieces;
}

/** Never between the halves of one character. */
function chunks(text: string, most: number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, at + most);
    const isSplit = end < text.length && /[\ud800-\udbff]/.test(text[end - 1]!) && /[\udc00-\udfff]/.test(text[end]!);
    const cut = isSplit ? (end - 1 > at ? end - 1 : end + 1) : end;
    parts.push(text.slice(at, cut));
    at = cut;
  }
  return parts;
}
