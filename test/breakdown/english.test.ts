// English scripts: cues with extensions, first and last names, plays.
import { describe, expect, test } from 'vitest';
import { broken } from './drama.ts';

describe('a screenplay', () => {
  const { asset, forms, resolution } = broken(
    `EXT. HARBOUR - NIGHT

Rain. DETECTIVE NORA VANCE ducks under the tape. She picks up a brass key.

NORA VANCE
Who found him?

OFFICER PELL
Old Hobb did, Detective Vance.

NORA VANCE (CONT'D)
(to herself)
A key.

INT. HOBB HOUSE - KITCHEN - DAY

NORA
Mr. Hobb, is this yours?

HOBB
No.

MRS. HOBB
My husband is tired. Take the key and go, Nora.

INT. HOBB HOUSE, KITCHEN - NIGHT

HOBB (V.O.)
She knows.
`,
    [],
    'harbour.fountain',
  );

  test('knows a person by the whole name, the first, the last and with a title', () => {
    expect(forms('NORA VANCE')).toEqual(
      expect.arrayContaining(['DETECTIVE NORA VANCE', 'Detective Vance', 'NORA', 'NORA VANCE']),
    );
  });

  test('knows husband and wife apart', () => {
    expect(asset('Mr. Hobb')?.key).toBe(asset('HOBB')?.key);
    expect(asset('MRS. HOBB')?.key).not.toBe(asset('HOBB')?.key);
  });

  test('drops the extensions of a cue', () => {
    const names = resolution.assets.flatMap(({ forms: all }) => all.map(({ surface }) => surface));
    expect(names.filter((name) => /CONT|V\.O/.test(name))).toEqual([]);
  });

  test('writes one set in two ways', () => {
    expect(forms('HOBB HOUSE - KITCHEN', 'location')).toHaveLength(2);
  });

  test('finds the thing that is picked up, and finds it again', () => {
    expect(forms('brass key', 'prop')).toEqual(['brass key', 'key']);
  });
});

test('a screenplay introduces people by the whole name: brother and sister share the last one, and nobody gets it', () => {
  const { forms, asset } = broken(
    `INT. FLAT - DAY

JACK MARROW (30s) pours coffee. His sister, ANNA MARROW, paces.

ANNA
Sit down, Jack.

JACK
A Marrow never sits.

INT. OFFICE - DAY

DR. KATE ALVAR reads a letter. ALVAR, her husband, waits.

KATE
It is from Marrow.

ALVAR
Which Marrow?
`,
    [],
    'flat.fountain',
  );
  expect(forms('ANNA')).toEqual(expect.arrayContaining(['ANNA', 'ANNA MARROW']));
  expect(forms('JACK')).toEqual(expect.arrayContaining(['JACK', 'JACK MARROW']));
  expect(asset('Marrow')?.key).not.toBe(asset('JACK')?.key);
  expect(asset('Marrow')?.key).not.toBe(asset('ANNA')?.key);
  expect(asset('DR. KATE ALVAR')?.key).toBe(asset('KATE')?.key);
  expect(asset('ALVAR')?.key).not.toBe(asset('KATE')?.key);
});

test('in a play the lord, his lady and his house’s young are three', () => {
  const { asset } = broken(`THE FEUD

ACT I

SCENE I. A street.

 Enter Brannock and Lady Brannock.

BRANNOCK.
What noise is this?

LADY BRANNOCK.
Old Brannock, stay thy sword.

YOUNG DORIAN.
My lord.

SCENE II. A garden.

 Enter Dorian.

DORIAN.
I am not what I was.

LADY BRANNOCK.
Good Dorian, speak.
`);
  expect(asset('LADY BRANNOCK')?.key).not.toBe(asset('BRANNOCK')?.key);
  expect(asset('YOUNG DORIAN')?.key).toBe(asset('DORIAN')?.key);
  expect(asset('DORIAN')?.key).not.toBe(asset('BRANNOCK')?.key);
});

describe('labels that are no names', () => {
  const cue = (label: string, times = 1): string => `${label}\nHello there.\n\n`.repeat(times);
  const inScenes = (...cues: string[]): string =>
    cues.map((one, at) => `INT. ROOM ${'ABCDEFGH'[at]} - NIGHT\n\n${one}`).join('');

  test('of one bar are as many people: MAN, OLD MAN, YOUNG MAN, WOMAN, YOUNG WOMAN', () => {
    const labels = ['MAN', 'OLD MAN', 'YOUNG MAN', 'WOMAN', 'YOUNG WOMAN'];
    const { forms } = broken(inScenes(labels.map((label) => cue(label)).join('')), [], 'bar.fountain');
    for (const label of labels) expect(forms(label)).toEqual([label]);
  });

  test.each([
    ['BOY', 'YOUNG BOY'],
    ['MAN', 'FAT MAN'],
    ['DRIVER', 'CAB DRIVER'],
    ['GUARD', 'SECURITY GUARD'],
    ['NURSE', 'YOUNG NURSE'],
    ['MOM', "JACK'S MOM"],
    ['FIREMAN', 'FOREMAN'],
  ])('are two people in two scenes: %s, %s', (a, b) => {
    const { forms } = broken(inScenes(cue(a, 8), cue(b)), [], 'rooms.fountain');
    expect(forms(a)).toEqual([a]);
    expect(forms(b)).toEqual([b]);
  });

  test('a last name that reads like a role waits for a person: ADAM, ADAM DRIVER', () => {
    const { decision } = broken(inScenes(cue('ADAM', 2), cue('ADAM DRIVER')), [], 'names.fountain');
    expect(decision('ADAM', 'ADAM DRIVER')?.outcome).toBe('review');
  });

  test('KING in one place and KING HENRY in another wait for a person', () => {
    const { forms, decision } = broken(inScenes(cue('KING', 2), cue('KING HENRY', 2)), [], 'kings.fountain');
    expect(forms('KING')).toEqual(['KING']);
    expect(decision('KING', 'KING HENRY')?.outcome).toBe('review');
  });

  test.each([
    ['DANIEL', 'DANIELA'],
    ['CHRISTIAN', 'CHRISTINA'],
    ['DARREN', 'WARREN'],
  ])('names that differ at an end are two, not a slip of the pen: %s, %s', (a, b) => {
    const { forms } = broken(inScenes(cue(a, 8), cue(b)), [], 'names.fountain');
    expect(forms(a)).toEqual([a]);
    expect(forms(b)).toEqual([b]);
  });

  test('a slip in the middle of a name is one: MATTHEW, MATHEW', () => {
    const { forms } = broken(inScenes(cue('MATTHEW', 8), cue('MATHEW')), [], 'names.fountain');
    expect(forms('MATTHEW')).toEqual(['MATHEW', 'MATTHEW']);
  });
});

describe('a cue that is written shorter further down the scene', () => {
  const inScene = (...cues: string[]): string =>
    `INT. ROOM - NIGHT\n\n${cues.map((cue) => `${cue}\nHello there.\n`).join('\n')}`;

  test.each([
    ['SHERIFF PRICE', 'PRICE'],
    ['CAPTAIN BRANDT', 'BRANDT'],
    ['MR. HENDERSON', 'HENDERSON'],
    ['UNCLE MOSS', 'MOSS'],
    ['TOM BAKER', 'TOM'],
  ])('is one person: %s, %s', (long, short) => {
    const { forms } = broken(inScene(long, 'ADA', short, 'ADA'), [], 'room.fountain');
    expect(forms(short)).toEqual([short, long].sort());
  });

  test.each([
    ['that answers it', inScene('DR. PATEL', 'PATEL', 'ADA'), 'DR. PATEL', 'PATEL'],
    ['beside another of the name', inScene('MR. HOBB', 'ADA', 'HOBB', 'ADA', 'MRS. HOBB'), 'MR. HOBB', 'HOBB'],
    [
      'beside another of the name who is only named',
      `${inScene('TOM BAKER', 'ADA', 'TOM', 'ADA')}\nTOM HARRIS walks in.\n`,
      'TOM BAKER',
      'TOM',
    ],
    ['under a title that a family shares', inScene('LADY CAPET', 'ADA', 'CAPET'), 'LADY CAPET', 'CAPET'],
  ])('is another %s', (_, text, long, short) => {
    const { asset } = broken(text, [], 'room.fountain');
    expect(asset(long)?.key).not.toBe(asset(short)?.key);
  });
});

test('capitals of action lines are no names where they say what is done, nor the names of sets people', () => {
  const { resolution } = broken(
    `EXT. HOLLIS TOWER - DAY

MIA RUNS to the door. Behind her, VICTORIA HOLLIS.

(MIA IS ON THE COUCH. VICTORIA ENTERS.)

MIA
Hello.

VICTORIA
Who let you in?
`,
    [],
    'tower.txt',
  );
  const people = resolution.assets.filter(({ kind }) => kind === 'character');
  expect(people.flatMap(({ forms }) => forms.map(({ surface }) => surface)).sort()).toEqual([
    'MIA',
    'VICTORIA',
    'VICTORIA HOLLIS',
  ]);
});

test('a name in capitals that ends in S is one, whatever its owner does next', () => {
  const { asset } = broken(
    'INT. HALL - DAY\n\nTOM HARRIS walks in. MIA RUNS across the hall.\n\nTOM\nHello.\n\nMIA\nHello.\n',
    [],
    'hall.fountain',
  );
  expect(asset('TOM HARRIS')).toBeDefined();
  expect(asset('MIA RUNS')).toBeUndefined();
});

test('what somebody does and who somebody is are no props; what rings is one', () => {
  const { resolution } = broken(
    `INT. FLAT - DAY

Mia signs the contract. Her FATHER watches. A phone rings. GRANDMA ROSE sits at the table with the same necklace.

GRANDMA ROSE
Hello.

FATHER
Hello.
`,
    [],
    'flat.fountain',
  );
  const props = resolution.assets.filter(({ kind }) => kind === 'prop').map(({ name }) => name);
  expect(props.sort()).toEqual(['contract', 'necklace', 'phone']);
});
