// Asked of a few assets or shots: the words a picture or a clip of each is made from.
import type { PromptSource } from './prompt.ts';

export const visualPrompt: PromptSource = {
  name: 'visual-prompt',
  version: 1,
  system: `You write prompts for models that draw pictures and make clips. Answer for every numbered subject once, with the fields in its brackets: {n, …}. n: its number.

zh: the picture in Chinese. en: the same picture in English. One to three sentences, 20–50 words, what is seen and nothing else: no story, no thoughts, no speech, no lettering.
asset: it alone on a plain ground, whole; material, shape, colour, age, wear. Of a person face, hair, build, bearing, dress. Name nobody else.
tr, trEn: what must be the same of this person in every picture, in Chinese and in English: face, hair, build; up to 12 words, no name, no dress that changes.
shot: its first frame; who stands where and does what in this instant, face and posture, foreground and ground, light and colour. Everybody of frame by name, written as given in both languages, and nobody else. Looks of people, place, hour and style are added: leave them out.
vid, vidEn: what moves from the first frame to the last, people, things, camera, in order, for as long as the shot lasts.
end, endEn: the last frame as a picture of its own.
neg: in {{language}}, what goes wrong easily and must not be seen; a few words.
Contradict nothing that is told; where it is silent, choose what fits style and time.`,
  user: `Style: {{style}}
Wish: {{wish}}
People:
{{people}}

Subjects:
{{subjects}}`,
};
