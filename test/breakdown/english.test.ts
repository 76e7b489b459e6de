// English scripts: cues with extensions, first and last names, plays.
import { describe, expect, test } from 'vitest';
import { extractFrontMatter } from '../../core/breakdown/index.ts';
import { parseText } from '../../core/script/index.ts';
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

describe('what people are called', () => {
  const inRoom = (intro: string, ...turns: string[]): string =>
    `INT. ROOM - DAY\n\n${intro}\n\n${turns.join('\n\n')}\n`;
  const formsOf = (text: string, form: string): string[] => broken(text, [], 'room.fountain').forms(form);

  test('beside the name, between quotes, is another form of it', () => {
    const text = inRoom(
      'EDDIE "THE FISH" MORENO (60) shuffles in. KATHERINE "KATE" HARRISON-REED (42) waits.',
      'EDDIE\nHello.',
      'KATE\nMr. Moreno?',
      'EDDIE\nCall me a cab, Katherine.',
    );
    expect(formsOf(text, 'EDDIE')).toEqual(['EDDIE', 'EDDIE "THE FISH" MORENO', 'Mr. Moreno']);
    expect(formsOf(text, 'KATE')).toEqual(['KATE', 'KATHERINE "KATE" HARRISON-REED', 'Katherine']);
  });

  test('is part of a last name with an apostrophe or a hyphen in it', () => {
    const text = inRoom(
      "DETECTIVE FRANK O'MALLEY (55) sits. ANA PEREZ-COLE (30) stands.",
      "O'MALLEY\nSit, Ms. Perez-Cole.",
      "PEREZ-COLE\nNo, Detective O'Malley.",
    );
    expect(formsOf(text, "O'MALLEY")).toEqual(["DETECTIVE FRANK O'MALLEY", "Detective O'Malley", "O'MALLEY"]);
    expect(formsOf(text, 'PEREZ-COLE')).toEqual(['ANA PEREZ-COLE', 'Ms. Perez-Cole', 'PEREZ-COLE']);
  });

  test('for short is theirs where one who fits answers to it', () => {
    const text = inRoom('They sit.', 'RUTH\nSit down, Billy.', 'WILLIAM\nThanks.', 'RUTH\nWill you eat, Billy?');
    expect(formsOf(text, 'WILLIAM')).toEqual(['Billy', 'WILLIAM']);
  });

  test('for short waits for a person where two fit, and where both are cues', () => {
    const two = broken(
      inRoom('They sit.', 'RUTH\nWhere is Alex?', 'ALEXANDER\nHere.', 'ALEXANDRA\nHere.'),
      [],
      'room.fountain',
    );
    expect(two.asset('Alex')?.key).not.toBe(two.asset('ALEXANDER')?.key);
    expect(two.asset('Alex')?.key).not.toBe(two.asset('ALEXANDRA')?.key);
    const cues = broken(
      `${inRoom('They sit.', 'DANIEL\nHello.')}\n${inRoom('They sit.', 'DAN\nHello.')}`,
      [],
      'room.fountain',
    );
    expect(cues.forms('DAN')).toEqual(['DAN']);
    expect(cues.decision('DAN', 'DANIEL')?.outcome).toBe('review');
  });

  test.each([
    ['MAX', 'MAXINE'],
    ['JACK', 'JOHN'],
    ['CHRISTINA', 'CHRISTOPHER'],
  ])('is no short form of another name: %s, %s', (a, b) => {
    const { forms, decision } = broken(inRoom('They sit.', `${a}\nHello.`, `${b}\nHello.`), [], 'room.fountain');
    expect(forms(a)).toEqual([a]);
    expect(decision(a, b)).toBeUndefined();
  });

  test('by their own word is a name of theirs; what nobody calls them is none', () => {
    const text = inRoom(
      'A forest.',
      'ELARA\nMy name is Wren.',
      'ROOK\nNobody calls me Robin. Call me Mom again and you are dead.',
      'ROOK\nSit, Wren.',
    );
    expect(formsOf(text, 'ELARA')).toEqual(['ELARA', 'Wren']);
    expect(formsOf(text, 'ROOK')).toEqual(['ROOK']);
  });

  test('by their own word waits for a person where that one has cues too, and is none where another’s word is told', () => {
    const lie = broken(
      `${inRoom('A gate.', 'MIA\nMy name is Victoria.', 'GUARD\nGo.')}\n${inRoom('A car.', 'VICTORIA\nDrive.', 'TOM\nWhere?')}`,
      [],
      'room.fountain',
    );
    expect(lie.forms('MIA')).toEqual(['MIA']);
    expect(lie.decision('MIA', 'Victoria')?.outcome).toBe('review');
    const told = inRoom('A bar.', 'PAUL\nAnd he says: my name is Wolf.', 'MIA\nThe name is Lou Webb. Call me Monday.');
    expect([...formsOf(told, 'PAUL'), ...formsOf(told, 'MIA')]).toEqual(['PAUL', 'MIA']);
  });

  test('as a masked woman by her own word is hers, though it has cues', () => {
    const text = `${inRoom('A gate.', 'MASKED WOMAN\nMy name is Wren.', 'GUARD\nGo.')}\n${inRoom('A car.', 'WREN\nDrive.', 'TOM\nWhere?')}`;
    expect(formsOf(text, 'WREN')).toEqual(['MASKED WOMAN', 'WREN', 'Wren']);
  });

  test('with two titles, or with one of a knight, is the one under the name', () => {
    const text = inRoom(
      'SER CEDRIC VALE kneels. LORD CHANCELLOR THORNE nods.',
      'CEDRIC\nLord Thorne.',
      'THORNE\nSer Cedric.',
    );
    expect(formsOf(text, 'CEDRIC')).toEqual(['CEDRIC', 'SER CEDRIC VALE', 'Ser Cedric']);
    expect(formsOf(text, 'THORNE')).toEqual(['LORD CHANCELLOR THORNE', 'Lord Thorne', 'THORNE']);
  });

  test('as the wife of a family that has several is nobody of them, least of all a man', () => {
    const { asset } = broken(
      inRoom(
        'ALEXANDER KNIGHT and DAMIEN KNIGHT stand. ELEANOR KNIGHT sits.',
        'ELEANOR\nApologize to Mrs. Knight, Damien.',
        'DAMIEN\nSorry, Mrs. Knight.',
        'ALEXANDER\nGood.',
      ),
      [],
      'room.fountain',
    );
    const wife = asset('Mrs. Knight')?.key;
    for (const name of ['ALEXANDER', 'DAMIEN', 'ELEANOR']) expect(asset(name)?.key).not.toBe(wife);
  });
});

test('whose wife, daughter or boy somebody is introduced as tells the gender; a wife beside a man tells none of him', () => {
  const { asset } = broken(
    `INT. ROOM - DAY

A shy boy, LUCAS (8), hides behind his mother, JO (40). SAM LEE (70), an old woman in a shawl, sleeps. A woman and PAT enter. BO (9), a friend of his wife, waves. Beside his wife, KIM (40) snores. He looks at the girl, ASH turns away. LEE, his wife, and a dog wait.

LUCAS
Hello.

JO
Hello.

SAM
Hello.

PAT
Hello.

BO
Hello.

KIM
Hello.

ASH
Hello.

LEE
Hello.

NEIGHBOR WOMAN
Hello.
`,
    [],
    'room.fountain',
  );
  const genders = ['LUCAS', 'JO', 'SAM', 'NEIGHBOR WOMAN', 'PAT', 'BO', 'KIM', 'ASH'].map(
    (name) => asset(name)?.attributes.gender,
  );
  expect(genders).toEqual(['male', 'female', 'female', 'female', undefined, undefined, undefined, undefined]);
  expect(asset('LEE')?.attributes.gender).not.toBe('female');
});

test('a walk-on with a line or two is nobody of weight, as long as the parts are', () => {
  const turns = 'MIA\nHello.\n\nTOM\nHello.\n\n'.repeat(6);
  const { asset } = broken(
    `INT. ROOM - DAY\n\n${turns}SECURITY GUARD #1\nStop.\n\nNURSE\nStop.\n\nIVY\nStop.\n`,
    [],
    'room.fountain',
  );
  expect(['MIA', 'SECURITY GUARD #1', 'IVY'].map((name) => asset(name)?.importance)).toEqual([
    'main',
    'minor',
    'supporting',
  ]);
});

test('things that look like a car or a bear are things, and what stands behind a car’s name is none of it', () => {
  const { resolution } = broken(
    `INT. ROOM - DAY

Max holds a toy truck and a stuffed bear. Tom grabs the car keys, a guitar case and a flash drive. The case is closed. A towel hangs beside the crowbar. Ann mops up. They will eat.

TOM
Hello.
`,
    [],
    'room.fountain',
  );
  const named = (kind: string) => resolution.assets.filter((one) => one.kind === kind).map(({ name }) => name);
  expect(named('prop').sort()).toEqual([
    'car keys',
    'crowbar',
    'flash drive',
    'guitar case',
    'stuffed bear',
    'towel',
    'toy truck',
  ]);
  expect([...named('vehicle'), ...named('creature')]).toEqual([]);
});

test('a look without an article is one: plate armor, (38), leather jacket', () => {
  const { resolution } = broken(
    `INT. ROOM - DAY

MARIA COLE (38), leather jacket, tired, kneels before CEDRIC, in plate armor. CEDRIC looks in vain. CEDRIC bows to ROSE (30), red dress, and to a girl in white gloves. MARIA, a guard in black boots, waits.

MARIA
Hello.

CEDRIC
Hello.
`,
    [],
    'room.fountain',
  );
  const looks = resolution.assets.filter(({ kind }) => kind === 'costume').map(({ name }) => name);
  expect(looks.sort()).toEqual(['CEDRIC·plate armor', 'MARIA COLE·leather jacket', 'MARIA·black boots']);
});

test('a biography tells of nobody’s look but its own', () => {
  const plain = parseText('INT. ROOM - DAY\n\nROSE\nHello.\n', { fileName: 'room.fountain' });
  const { mentions } = extractFrontMatter({
    ...plain,
    biographies: [{ name: 'ROSE', text: 'ROSE (30), red dress, sings.', line: 1 }] as never,
  });
  expect(mentions.flatMap(({ kind, surface }) => (kind === 'costume' ? [surface] : []))).toEqual(['ROSE·red dress']);
});

describe('people an English script names in more ways than their cue', () => {
  const { asset, forms, decision } = broken(
    `INT. TOWER - LOBBY - DAY

AVA MONROE (23, scuffed heels) clutches a folder. A GUARD blocks her.

GUARD
Name?

AVA
Ava Monroe. I have an interview.

The elevator DINGS. LUCIAN BLACKWOOD (30s) steps out. A MAN IN A GREY HAT watches from the stairs.

LUCIAN
Welcome.

AVA
Thank you, Mr. Blackwood.

MAN IN GREY HAT
Ladies.

INT. APARTMENT - DAY

MRS. PIKE, sixties, opens. DAVID PIKE is behind her. Detective Sergeant NORA QUILL nods.

NORA
The wallet says Daniel Pike.

MRS. PIKE
My boy.

DAVID
Pike is dead.

INT. HALL - DAY

LADY HONORIA ASHWORTH pours tea.

LADY HONORIA
Sit.
`,
    [],
    'drama.fountain',
  );

  test('who is asked for a name and says it is no other: Name? Ava Monroe.', () => {
    expect(forms('AVA')).toEqual(expect.arrayContaining(['AVA', 'AVA MONROE']));
  });

  test('a sound in capitals before a name is no part of it: DINGS. LUCIAN BLACKWOOD', () => {
    expect(forms('LUCIAN')).toEqual(expect.arrayContaining(['LUCIAN', 'LUCIAN BLACKWOOD', 'Mr. Blackwood']));
  });

  test('a man in a hat is called by nothing of it, and what he does is no thing', () => {
    expect(asset('GREY HAT')).toBeUndefined();
    expect(asset('grey hat watches', 'prop')).toBeUndefined();
  });

  test('a brother who is only spoken of is himself, and the last name alone waits for a person', () => {
    expect(asset('Daniel Pike')?.key).not.toBe(asset('DAVID')?.key);
    expect(forms('DAVID')).not.toContain('Pike');
  });

  test('two titles in a row are one title: Detective Sergeant NORA QUILL', () => {
    expect(forms('NORA')).toContain('Detective Sergeant NORA QUILL');
  });

  test('rank goes with the first name: LADY HONORIA ASHWORTH, LADY HONORIA', () => {
    expect(decision('LADY HONORIA', 'LADY HONORIA ASHWORTH')?.outcome).toBe('merged');
  });
});

test('a park or a shop is nobody’s relative: Hyde Park beside MR. PARK', () => {
  const { asset } = broken(
    'INT. CAFE - DAY\n\nMR. PARK sits.\n\nMR. PARK\nI love Hyde Park.\n\nTOM KING\nAnd that Burger King.\n',
    [],
    'drama.fountain',
  );
  expect(asset('Hyde Park')).toBeUndefined();
  expect(asset('Burger King')).toBeUndefined();
});

test('a doctor is called by the surname: DR. GRANT is not DR. GRANT HILL', () => {
  const { asset } = broken(
    'INT. WARD - DAY\n\nDR. GRANT HILL enters with DR. GRANT.\n\nDR. GRANT\nHello.\n\nDR. HILL\nHello.\n',
    [],
    'drama.fountain',
  );
  expect(asset('DR. GRANT')?.key).not.toBe(asset('DR. GRANT HILL')?.key);
});

test.each(['Who are you calling?', 'Who gave you the name?'])('%s asks for somebody else’s name', (question) => {
  const { forms } = broken(`INT. CAFE - DAY\n\nJANE\n${question}\n\nBOB\nDaniel Pike.\n`, [], 'drama.fountain');
  expect(forms('BOB')).toEqual(['BOB']);
});
