// The closed list of what may speak for or against two forms being one asset, with its weight.
// Weights add up as log-odds; 3.0 is a probability of 0.95. `most` is what one rule may bring in all, however often it is seen.

export interface Rule {
  readonly weight: number;
  readonly most: number;
}

export const rules = {
  // told in so many words
  same_form: { weight: 8, most: 8 },
  traditional: { weight: 6, most: 6 },
  biography_alias: { weight: 6, most: 8 },
  biography_title: { weight: 5, most: 5 },
  biography_kin: { weight: 4, most: 5 },
  biography_wife: { weight: 2.4, most: 2.4 },
  biography_ordinal: { weight: 2, most: 2 },
  stage_note: { weight: 6, most: 8 },
  state: { weight: 6, most: 6 },
  narrated_alias: { weight: 4, most: 6 },
  self_naming: { weight: 3.4, most: 5 },
  other_naming: { weight: 1.8, most: 2.6 },
  spoken_alias: { weight: 2.2, most: 2.8 },
  apposition: { weight: 2, most: 3 },
  // what a model reads in an episode: whom a form of address means; that two people the script labels are one, which a second look must confirm
  read_form: { weight: 3.2, most: 5 },
  read_alias: { weight: 2.4, most: 2.8 },
  // how names are built
  given_name: { weight: 4, most: 4 },
  surname_alone: { weight: 3.4, most: 3.4 },
  // Katie and KATHERINE: asked about, unless somebody answers to it
  short_name: { weight: 2.6, most: 2.6 },
  given_name_called: { weight: 3, most: 3 },
  titled_name: { weight: 4, most: 4 },
  surname_title: { weight: 2.6, most: 2.6 },
  surname_shared: { weight: 0.5, most: 0.5 },
  // CAPTAIN BRANDT, and BRANDT further down the same scene
  cue_shortened: { weight: 3.2, most: 3.2 },
  office: { weight: 2.4, most: 2.4 },
  // 夫人 in one house, 陆夫人 in another: not enough alone
  title_alone: { weight: 2.8, most: 2.8 },
  same_office: { weight: 3.2, most: 3.2 },
  pet_form: { weight: 1.6, most: 1.6 },
  ordinal_in_name: { weight: 2.4, most: 2.4 },
  containment: { weight: 2, most: 2 },
  pinyin: { weight: 2, most: 2 },
  slip: { weight: 3.2, most: 3.2 },
  // who is there, who answers
  only_listener: { weight: 1.5, most: 2.4 },
  answers: { weight: 0.7, most: 1.3 },
  spoken_to: { weight: 1.8, most: 2.6 },
  only_one_there: { weight: 1.4, most: 1.4 },
  always_there: { weight: 0.6, most: 0.6 },
  cast_instead: { weight: 1.2, most: 2 },
  // the cast line has one name of hers, the cues of the scene the other
  listed_as: { weight: 2.2, most: 3.6 },
  takes_over: { weight: 1.6, most: 2 },
  unmasks: { weight: 3.2, most: 3.2 },
  mask: { weight: 1.4, most: 2.4 },
  // against
  own_biographies: { weight: -5, most: -5 },
  same_cast_line: { weight: -9, most: -9 },
  both_speak: { weight: -3, most: -6 },
  addresses: { weight: -3.5, most: -7 },
  speaks_of: { weight: -0.6, most: -1.2 },
  gender: { weight: -4, most: -4 },
  age: { weight: -2, most: -2 },
  other_rank: { weight: -5, most: -5 },
  other_name: { weight: -2, most: -2 },
  rarely_there: { weight: -1, most: -1 },
  never_there: { weight: -4, most: -4 },
  // places and things
  place_state: { weight: 5, most: 5 },
  place_renamed: { weight: 4, most: 6 },
  place_formerly: { weight: 2, most: 3 },
  place_same_home: { weight: 3.2, most: 3.2 },
  place_written: { weight: 4, most: 4 },
  place_shortened: { weight: 1.6, most: 1.6 },
  thing_contained: { weight: 3.4, most: 3.4 },
  thing_named: { weight: 4, most: 4 },
  // a model, asked about what the rest leaves in doubt: enough with any other sign, alone it waits for a person
  model_same: { weight: 2.6, most: 2.6 },
  model_different: { weight: -4, most: -4 },
  // a person
  accepted: { weight: 20, most: 20 },
  rejected: { weight: -20, most: -20 },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

/** Sum of log-odds from which two forms are merged without asking: p ≥ 0.95. */
export const sure = 3;

/** From here on a person is asked: p ≥ 0.73. */
export const doubtful = 1;

/** Probability of a sum of log-odds, 0–1, rounded to four places so that a stored score is the same everywhere. */
export function probability(sum: number): number {
  return Math.round(1e4 / (1 + Math.exp(-sum))) / 1e4;
}
