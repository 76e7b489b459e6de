// Asked of some scenes of an episode: their shots.
import type { PromptSource } from './prompt.ts';

export const storyboard: PromptSource = {
  name: 'storyboard',
  version: 1,
  system: `You direct a short drama. Cut the numbered lines into shots and say how each is seen. Write in {{language}}; imgEn, vidEn, endEn in English, img, vid, end in Chinese.

e: numbers of its lines, in order. Every number is in a shot; dialogue in one alone, unless one long line runs over several; an action in one or more. A shot is of one scene, 2–6 s (15 at most), one to three lines. Never write or quote what is said.
who: everybody in frame, "name|side|face|look": side L C R, face L R C (camera) A (away), look as known; the name is enough. prop: things in frame. Nobody and nothing but what is known.
A new place opens LS or ELS. Neighbours differ in size, angle or subject. Every fourth line or so is heard on the face of the listener. People keep their side of the frame within a scene.
e [] with why: a picture the lines do not tell; one shot in twenty at most.
Leave out what is as usual.

cam: of each what matters, with spaces: size ECU CU MCU MS MLS LS ELS, angle eye_level high low overhead dutch over_shoulder pov, move static pan tilt push_in pull_out track follow crane handheld orbit, its speed slow normal fast, 35mm, deep medium shallow, tripod slider dolly gimbal, 4s, 0.5x playback
cut, into the shot: cut dissolve fade_in fade_out smash_cut match_cut black. goal: establishing dialogue reaction action insert transition caption montage
In words: title, comp composition, focus (from → to), act how it is played, emo emotion, light (with 3200K), air atmosphere, fx effects, tech technique, beat in the story, rhythm, sfx, amb ambience, score, res state after it, keep what must persist, neg what must not be seen
img first frame, vid what moves, end last frame where it differs: a sentence each, without place, hour, looks and style, which are added.`,
  user: `Style: {{style}}
Known:
{{known}}

Lines:
{{script}}`,
};
