// Who is in an episode: cue by cue and line by line, with what each line tells about two names being one person.
import type { Element, Scene } from '../../script/schema.ts';
import { readName } from '../forms/read-name.ts';
import type { AssetKind } from '../schema.ts';
import { englishDisguises } from '../vocabulary/english.ts';
import { disguiseWords } from '../vocabulary/roles.ts';
import { answering, isOnPhone, isOwnAnswer } from './answers.ts';
import type { Naming } from './chinese-address.ts';
import { maskedPerson, namedToListener, notedPerson, presentIn, type Tell, toldIn } from './chinese-hints.ts';
import { type Collector, type Spot, spotOf } from './collect.ts';
import { genderTells } from './gender-tells.ts';
import type { KnownForms } from './known-forms.ts';
import { cuesOf, listedAs } from './listed-as.ts';

/** Finds namings in a text; one reader per language. */
export interface NamingReader {
  all(text: string, spoken: boolean): Naming[];
}

/** Who speaks in a scene or was seen there so far, and whom its last action names. */
type Seen = { readonly met: string[]; shown: readonly Naming[] };

export class PeopleExtractor {
  readonly #known: KnownForms;
  readonly #reader: NamingReader;
  readonly #labels: ReadonlySet<string>;
  /** Roles that are somebody: they speak, or the script says who they are. */
  readonly #somebody: ReadonlySet<string>;
  /** Who has a line anywhere, in capitals. */
  readonly #heard: ReadonlySet<string>;
  readonly #into: Collector;

  constructor(known: KnownForms, reader: NamingReader, into: Collector) {
    this.#known = known;
    this.#reader = reader;
    this.#into = into;
    this.#labels = new Set(known.people.map(({ surface }) => surface));
    this.#heard = new Set(known.people.flatMap(({ surface, speaks }) => (speaks ? [surface.toUpperCase()] : [])));
    this.#somebody = new Set(
      known.people
        .filter(({ speaks, noted, source }) => speaks || noted || source !== 'label')
        .map(({ surface }) => surface),
    );
  }

  /** Mentions and hints of all scenes of an episode, in order. */
  scenes(scenes: readonly Scene[]): void {
    scenes.forEach((scene, index) => {
      const present = presentIn(scene, this.#known.language);
      const seen: Seen = { met: [...present], shown: [] };
      scene.elements.forEach((element, at) => {
        // INT. CARLA'S FLAT, EXT. HOLLIS TOWER: a place, whoever is there
        if (element.kind === 'heading' && this.#known.language === 'en') return;
        this.#element(scene, element, at, present, seen);
      });
      if (this.#known.language === 'en') this.#reveals(scene);
      else {
        this.#disguises(scenes, index);
        this.#listedAs(scene);
      }
    });
  }

  /** Elements outside any scene: only who is named. */
  loose(elements: readonly Element[]): void {
    for (const element of elements) this.#named(spotOf(undefined, element), this.#reader.all(element.text, false));
  }

  #kind(surface: string): AssetKind | undefined {
    const { kind } = readName(surface, this.#known.language);
    if (kind === 'voice') return undefined;
    if (kind === 'crowd') return 'extra';
    return (kind === 'numbered' || kind === 'role') && !this.#somebody.has(surface) ? 'extra' : 'character';
  }

  /** `seen` grows by whom the element shows. */
  #element(scene: Scene, element: Element, at: number, present: readonly string[], seen: Seen): void {
    const spot = spotOf(scene, element);
    const spoken = element.kind === 'dialogue' || element.kind === 'lyric';
    for (const label of element.kind === 'cast' || spoken ? (element.speakers ?? []) : []) {
      const kind = this.#kind(label);
      const range = rangeOf(element.text, label);
      if (kind) this.#into.mention(kind, label, spoken ? 'speaker' : 'cast', spot, spoken ? undefined : range);
    }
    this.#notes(element, spot);
    if (element.kind === 'cast') return;
    const namings = this.#reader.all(element.text, spoken);
    this.#named(spot, namings);
    if (spoken && element.paren) this.#named({ ...spot, text: element.paren }, this.#reader.all(element.paren, false));
    for (const { form, gender } of genderTells(element, namings, this.#known.language, seen.met, seen.shown))
      this.#into.gender(form, gender, spot);
    if (!spoken) seen.met.push(...namings.map(({ form }) => form));
    if (element.kind === 'action' || element.kind === 'shot') seen.shown = namings;
    const tells = toldIn(element, namings).map((tell) =>
      this.#isClaim(tell) ? { ...tell, rule: 'other_naming' as const } : tell,
    );
    this.#told(spot, tells);
    if (spoken) this.#calls(scene, element, at, present, namings, tells);
    else this.#castInstead(scene, spot, namings);
  }

  #named(spot: Spot, namings: readonly Naming[]): void {
    for (const { form, start, end, called } of namings) {
      const kind = this.#kind(form);
      if (kind) this.#into.mention(kind, form, called ? 'addressed' : 'named', spot, [start, end]);
    }
  }

  #told(spot: Spot, tells: readonly Tell[]): void {
    for (const { a, b, rule, start, end } of tells) this.#into.hint('character', a, b, rule, spot, [start, end]);
  }

  /** 黑衣刺客（李砚） on a cast line, or as a cue's parenthetical. */
  #notes(element: Element, spot: Spot): void {
    for (const [label, note] of Object.entries(element.notes ?? {})) {
      const person = notedPerson(note, (form) => this.#isPerson(form));
      if (person) this.#into.hint('character', label, person, 'stage_note', spot, rangeOf(element.text, note));
    }
    const [speaker] = element.speakers ?? [];
    if (element.kind !== 'dialogue' || !speaker || !element.paren) return;
    const person = notedPerson(element.paren, (form) => this.#labels.has(form));
    if (person) this.#into.hint('character', speaker, person, 'stage_note', { ...spot, text: element.paren });
  }

  /** MIA says My name is Victoria, and VICTORIA speaks too: she may be lying, and a person is asked. */
  #isClaim({ a, b, rule }: Tell): boolean {
    if (this.#known.language !== 'en' || rule !== 'self_naming' || readName(b, 'en').kind !== 'name') return false;
    return this.#speaks(a);
  }

  #speaks(form: string): boolean {
    return this.#heard.has(form.toUpperCase());
  }

  /** 你是谁？ — 沉舟。 calls 陆沉舟, and who is there needs nobody to give the name. */
  #isAnothers(form: string, speaker: string, listeners: readonly string[]): boolean {
    if (listeners.includes(form)) return true;
    const [own, said] = [speaker.toUpperCase(), form.toUpperCase()];
    return [...this.#labels].some((label) => {
      const other = label.toUpperCase();
      return other !== said && other.includes(said) && !other.includes(own);
    });
  }

  #isPerson(form: string): boolean {
    return this.#labels.has(form) || readName(form, this.#known.language).kind === 'name';
  }

  /** Who a call can mean: the one it is said to, the only one there, the one who answers; never who says it. */
  #calls(
    scene: Scene,
    element: Element,
    at: number,
    present: readonly string[],
    namings: readonly Naming[],
    tells: readonly Tell[],
  ): void {
    const [speaker] = element.speakers ?? [];
    if (!speaker || element.speakers!.length > 1) return;
    const spot = spotOf(scene, element);
    const listeners = present.filter((name) => name !== speaker);
    for (const naming of namings) {
      const { form, start, end, called } = naming;
      const range = [start, end] as const;
      if (isOwnAnswer(scene, at, naming, this.#known.language) && !this.#isAnothers(form, speaker, listeners)) {
        this.#into.hintOnce(
          'character',
          form,
          speaker,
          this.#speaks(form) ? 'other_naming' : 'self_naming',
          spot,
          range,
        );
        continue;
      }
      const named = listeners.length === 1 ? namedToListener(element, naming, listeners[0]!) : [];
      this.#told(spot, named);
      // My name is Eleanor. Eleanor Ashford.
      const isOwn = tells.some(({ a, rule }) => rule === 'self_naming' && (form.includes(a) || a.includes(form)));
      if (!called) {
        if (!isOwn) this.#into.hintOnce('character', form, speaker, 'speaks_of', spot, range);
        continue;
      }
      if (isOwn) continue;
      this.#into.hintOnce('character', form, speaker, 'addresses', spot, range);
      if (named.length > 0 || present.includes(form) || isOnPhone(scene, at)) continue;
      for (const [who, rule] of answering(scene, at, speaker, listeners, element.paren))
        this.#into.hintOnce('character', form, who, rule, spot, range);
    }
  }

  /** A label named by the narrator in a scene that lists somebody of the same surname instead. */
  #castInstead(scene: Scene, spot: Spot, namings: readonly Naming[]): void {
    if (scene.cast.length === 0 || this.#known.language !== 'zh') return;
    for (const { form, start, end } of namings) {
      if (!this.#labels.has(form) || scene.cast.includes(form)) continue;
      const { surname } = readName(form, 'zh');
      for (const listed of scene.cast)
        if (surname && readName(listed, 'zh').surname === surname)
          this.#into.hintOnce('character', form, listed, 'cast_instead', spot, [start, end]);
    }
  }

  /** 人物：陆世子, and nobody but 陆子衿 speaks: the cast line has the title, the cue the name. */
  #listedAs(scene: Scene): void {
    const isSomebody = (label: string): boolean => this.#kind(label) === 'character';
    for (const { cue, listed, at } of listedAs(scene, isSomebody, (label) => this.#speaks(label)))
      this.#into.hintOnce('character', cue, listed, 'listed_as', spotOf(scene, at), rangeOf(at.text, listed));
  }

  /** The man rips off his mask: it's TYLER BOONE. The cue of the mask stops there, and TYLER goes on. */
  #reveals(scene: Scene): void {
    scene.elements.forEach((element, at) => {
      if (element.kind !== 'action') return;
      const shown = this.#reader
        .all(element.text, false)
        .find(({ start }) => unmasked.test(element.text.slice(Math.max(0, start - 120), start)));
      const [before, after] = [scene.elements.slice(0, at), scene.elements.slice(at)].map(cuesOf);
      const masks = [...before!].filter((label) => englishDisguises.test(label));
      const [mask] = masks;
      if (!shown || !mask || masks.length > 1 || after!.has(mask)) return;
      const own = [...after!].filter((label) => isWithin(label, shown.form));
      if ([...before!].some((label) => isWithin(label, shown.form))) return;
      for (const label of new Set([shown.form, ...own])) {
        this.#into.hintOnce('character', mask, label, 'unmasks', spotOf(scene, element));
        this.#into.hintOnce('character', mask, label, 'takes_over', spotOf(scene, element));
      }
    });
  }

  /** Masks put on or taken off, and cues nobody listed that go on where a listed person stops. */
  #disguises(scenes: readonly Scene[], index: number): void {
    const scene = scenes[index]!;
    const near = [scenes[index - 1], scene, scenes[index + 1]].flatMap((other) =>
      other ? presentIn(other, this.#known.language) : [],
    );
    const masks = [...new Set(near)].filter((name) => disguiseWords.test(name));
    scene.elements.forEach((element, at) => {
      if (element.kind !== 'action' && element.kind !== 'shot') return;
      const namings = this.#reader.all(element.text, false);
      const spot = spotOf(scene, element);
      const masking = maskedPerson(
        element.text,
        namings.filter(({ form }) => !masks.includes(form)),
      );
      for (const mask of masking ? masks : []) {
        const rule = masks.length === 1 && masking!.shows(mask) ? 'unmasks' : 'mask';
        this.#into.hintOnce('character', mask, masking!.person.form, rule, spot);
      }
      this.#takesOver(scene, at, namings, spot);
    });
  }

  #takesOver(scene: Scene, at: number, namings: readonly Naming[], spot: Spot): void {
    const [cue] = scene.elements[at + 1]?.speakers ?? [];
    if (!cue || scene.cast.length === 0 || scene.cast.includes(cue) || this.#kind(cue) !== 'character') return;
    const after = scene.elements.slice(at + 1).flatMap(({ speakers }) => speakers ?? []);
    for (const { form } of namings)
      if (scene.cast.includes(form) && !after.includes(form))
        this.#into.hintOnce('character', cue, form, 'takes_over', spot);
  }
}

const cover = '(?:mask|hood|veil|helmet|balaclava|wig|disguise|cowl|scarf|sunglasses)';
const unmasked = new RegExp(
  `\\b(?:(?:rip|pull|take|tear|peel|lift|lower|remove|drop|throw|yank)s?\\b[^.]{0,40}\\b${cover}|${cover}\\s+(?:falls|slips|comes|drops))\\b[^.]{0,12}[.:;,—–-]+\\s*(?:it['’]s|it is|revealing|to reveal|reveals?)\\s*(?:the face of )?$`,
  'i',
);

/** TYLER in TYLER BOONE. */
function isWithin(label: string, form: string): boolean {
  const words = form.toUpperCase().split(/\s+/);
  return label
    .toUpperCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

function rangeOf(text: string, part: string): [number, number] | undefined {
  const start = text.indexOf(part);
  return start < 0 ? undefined : [start, start + part.length];
}
