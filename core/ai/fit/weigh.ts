// How many tokens scenes and their elements will be, about. Pure.
import type { Element, Scene } from '../../script/schema.ts';
import { estimateTokens } from '../models.ts';

/** An element, or a piece of one whose text is too long: pieces joined give the text. */
export type FittedElement = Element & { readonly piece?: { readonly part: number; readonly parts: number } };

/** A scene, or a piece of one: `part` of `parts`, from 1. */
export type FittedScene = Omit<Scene, 'elements'> & {
  readonly elements: readonly FittedElement[];
  readonly part: number;
  readonly parts: number;
};

/** Tokens of the form around an element: its id, kind and marks. */
const form = 12;

export const elementTokens = ({ text, speakers = [], paren = '' }: FittedElement): number =>
  form + estimateTokens(text) + estimateTokens(`${speakers.join('、')}${paren}`);

/** What stands above the elements in every piece of a scene. */
export const headTokens = ({ heading, location, timeText, cast }: FittedScene): number =>
  form + estimateTokens(`${heading} ${location} ${timeText} ${cast.join('、')}`);

export const sceneTokens = (scene: FittedScene): number =>
  scene.elements.reduce((sum, element) => sum + elementTokens(element), headTokens(scene));
