// Who is in an episode: cue by cue and line by line, with what each line tells about two names being one person.
import type { Element, Scene } from '../../script/schema.ts';
import type { NameParts } from '../forms/name-parts.ts';
import { readName } from '../forms/read-name.ts';
import type { AssetKind } from '../schema.ts';
import { englishDisguises } from '../vocabulary/english.ts';
import { kinLabels } from '../vocabulary/kinship.ts';
import { disguiseWords } from '../vocabulary/roles.ts';
import { titles, wifeTitles } from '../vocabulary/titles.ts';
import { asksWho } from '../vocabulary/told-alias.ts';
import type { Naming } from './chinese-address.ts';
import { maskedPerson, namedToListener, notedPerson, presentIn, type Tell, toldIn } from './chinese-hints.ts';
import { type Collector, type Spot, spotOf } from './collect.ts';
import { genderTells } from './gender-tells.ts';
import type { KnownForms } from './known-forms.ts';

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
    const { cast, elements } = scene;
    const isSomebody = (label: string): boolean => this.#kind(label) === 'character';
    const cues = cuesOf(elements);
    const speakers = elements.flatMap(({ kind, speakers: all }) => (kind === 'dialogue' ? (all ?? []) : []));
    // 璃月仙子 at first, 璃月 from there on
    const isOver = (label: string, cue: string): boolean =>
      isPartOf(label, cue) && speakers.lastIndexOf(label) < speakers.indexOf(cue);
    const listedAs = (label: string, cue: string): boolean =>
      isSomebody(label) &&
      (!cues.has(label) || isOver(label, cue)) &&
      // 王老师, who speaks in another scene, is somebody beside 王小明
      (isPartOf(label, cue) || !this.#speaks(label)) &&
      mayBeListedAs(label, cue);
    const unlisted = cast.length === 0 ? [] : [...cues].filter((label) => !cast.includes(label) && isSomebody(label));
    for (const cue of unlisted) {
      const [listed, ...others] = cast.filter((label) => listedAs(label, cue));
      if (!listed || others.length > 0 || unlisted.some((other) => other !== cue && listedAs(listed, other))) continue;
      const line = elements.find(({ kind, text }) => kind === 'cast' && text.includes(listed));
      const element = line ?? elements.find(({ kind, speakers }) => kind === 'dialogue' && speakers?.includes(cue))!;
      this.#into.hintOnce('character', cue, listed, 'listed_as', spotOf(scene, element), rangeOf(element.text, listed));
    }
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

/** Two labels of one surname, one of them a title, or one inside the other; no parent, spouse or sibling of the house. */
function mayBeListedAs(listed: string, cue: string): boolean {
  const [a, b] = [readName(listed, 'zh'), readName(cue, 'zh')];
  if (isOfHouse(a) || isOfHouse(b)) return false;
  if (isPartOf(listed, cue)) return true;
  const surname = a.surname ?? familyName(listed);
  if (surname === undefined || surname !== (b.surname ?? familyName(cue))) return false;
  const kinds = [a, b].map(({ kind }) => kind);
  return kinds.includes('titled') && (kinds.includes('name') || [listed, cue].some(familyName));
}

/** 玄清子 of 掌门玄清子, 璃月 of 璃月仙子; not 秦王 of 秦王世子, nor 王妃, who may be anybody's, of 秦王妃. */
function isPartOf(listed: string, cue: string): boolean {
  const [short, long] = listed.length < cue.length ? [listed, cue] : [cue, listed];
  const { kind } = readName(short, 'zh');
  if (short.length < 2 || kind === 'title') return false;
  return long.endsWith(short) || (kind !== 'titled' && long.startsWith(short) && titles.has(long.slice(short.length)));
}

/** 冯 of 奶娘冯氏. */
const familyName = (label: string): string | undefined => /\p{Script=Han}(?=氏$)/u.exec(label)?.[0];

/** 林父, 林夫人, 沈二小姐: one of several of a house; 楚王 is called after a land. */
const isOfHouse = ({ title = '', ordinal }: NameParts): boolean =>
  ordinal !== undefined ||
  kinLabels.has(title) ||
  wifeTitles.has(title) ||
  /^(?:老爷子|老太爷|[大二三四五六七八九].+|[王侯妃嫔])$/.test(title);

const cover = '(?:mask|hood|veil|helmet|balaclava|wig|disguise|cowl|scarf|sunglasses)';
const unmasked = new RegExp(
  `\\b(?:(?:rip|pull|take|tear|peel|lift|lower|remove|drop|throw|yank)s?\\b[^.]{0,40}\\b${cover}|${cover}\\s+(?:falls|slips|comes|drops))\\b[^.]{0,12}[.:;,—–-]+\\s*(?:it['’]s|it is|revealing|to reveal|reveals?)\\s*(?:the face of )?$`,
  'i',
);

const cuesOf = (elements: readonly Element[]): ReadonlySet<string> =>
  new Set(elements.flatMap(({ kind, speakers }) => (kind === 'dialogue' ? (speakers ?? []) : [])));

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

const picksUp =
  /(?:手机|电话)[^。]{0,6}[响震]|[接拨](?:起|通|听|打|了)[^。]{0,3}电话|电话接通|\bphone\b[^.]{0,40}\b(?:rings|buzzes|vibrates)|\b(?:answers|picks up|dials)\b[^.]{0,40}\b(?:phone|call)/i;

/** Whoever speaks right after a phone rang speaks to nobody in the room. */
function isOnPhone({ elements }: Scene, at: number): boolean {
  const before = elements[at - 1];
  return elements[at]?.voice === 'PHONE' || (before?.kind === 'action' && picksUp.test(before.text));
}

/** 你是谁？ — 陆沉舟。 Name? — Ava Monroe. Whoever is asked says the name, and calls nobody. */
function isOwnAnswer({ elements }: Scene, at: number, { form, start, end }: Naming, language: 'zh' | 'en'): boolean {
  const { text, speakers = [] } = elements[at]!;
  const isSaid =
    /^(?:[^，。！？,.!?]{0,6}[，,])?[“"]?$/.test(text.slice(0, start)) &&
    /^[”"]?(?:[。.](?!\.)|$)/.test(text.slice(end));
  if (!isSaid || !['name', 'pet', 'other'].includes(readName(form, language).kind)) return false;
  let before = at - 1;
  while (before >= 0 && elements[before]!.kind !== 'dialogue') before--;
  const asked = elements[before];
  return asked !== undefined && !asked.speakers?.includes(speakers[0] ?? '') && asksWho(asked.text);
}

type Answer = readonly [string, 'spoken_to' | 'only_listener' | 'answers'];

function answering(scene: Scene, at: number, speaker: string, listeners: readonly string[], paren?: string): Answer[] {
  const told = /(?:对|朝|向|看着|看向|转向|拉着|扶着)(.{1,6}?)(?:说|道|喊|$|[，,。])/.exec(paren ?? '')?.[1];
  if (told && listeners.includes(told)) return [[told, 'spoken_to']];
  if (listeners.length === 1) return [[listeners[0]!, 'only_listener']];
  const around = [scene.elements.slice(at + 1, at + 4), scene.elements.slice(Math.max(0, at - 2), at).reverse()];
  return around.flatMap((elements): Answer[] => {
    const [answer] = elements.find(({ kind }) => kind === 'dialogue')?.speakers ?? [];
    return answer && answer !== speaker && listeners.includes(answer) ? [[answer, 'answers']] : [];
  });
}
