// What an English script tells of who is who: masks that come off, names said twice, whole families of one name.
import { describe, expect, test } from 'vitest';
import { broken } from './drama.ts';

const english = (text: string) => broken(text, [], 'drama.fountain');
const props = (text: string): string[] =>
  english(text)
    .resolution.assets.filter(({ kind }) => kind === 'prop')
    .map(({ name }) => name);

describe('a mask that comes off', () => {
  const opened = 'INT. VAULT - NIGHT\n\nMASKED MAN\nOpen it.\n\nGRETA\nWho are you?\n\n';

  test('shows who goes on where the mask stops: his name is the person’s', () => {
    const { asset, forms } = english(
      `${opened}The man rips off his mask: it's PETER LOWE.\n\nPETER\nRemember me?\n\nGRETA\nNo.\n`,
    );
    expect(forms('MASKED MAN')).toEqual(['MASKED MAN', 'PETER', 'PETER LOWE']);
    expect(asset('MASKED MAN')?.name).not.toBe('MASKED MAN');
  });

  test.each([
    ['spoke beside him', 'PETER\nHe means it.\n\nThe man rips off his mask. It is PETER.\n\nPETER\nSurprise.\n'],
    ['is answered by the mask', 'The man lifts the mask. It is PETER.\n\nPETER\nSurprise.\n\nMASKED MAN\nYes.\n'],
    ['only comes in', 'The man rips off his mask. PETER walks in.\n\nPETER\nSurprise.\n'],
  ])('is nobody else’s: PETER %s', (_, told) => {
    const { asset } = english(opened + told);
    expect(asset('PETER')?.key).not.toBe(asset('MASKED MAN')?.key);
  });
});

test('a thing of somebody told of behind it is still a thing: the ring her mother wore', () => {
  const told =
    'INT. HALL - DAY\n\nAnn finds the ring her mother wore and a note the killer left.\n\nShe drops the ring. The note burns.\n\nANN\nNo.\n';
  expect(props(told)).toEqual(expect.arrayContaining(['note', 'ring']));
});

test('a doctor introduced by the whole name keeps his shorter cues: DR. OMAR SAID, DR. SAID, SAID', () => {
  const { forms } = english(
    'INT. WARD - DAY\n\nDR. OMAR SAID comes in.\n\nDR. SAID\nSit.\n\nLENA\nWhy?\n\nDOTTY\nTell her, Doctor Said.\n\nSAID\nNot now.\n',
  );
  expect(forms('DR. SAID')).toEqual(['DR. OMAR SAID', 'DR. SAID', 'Doctor Said', 'SAID']);
});

test('who says the own name twice calls nobody: My name is Helen. Helen Marsh.', () => {
  const { forms } = english(
    'CHARACTERS\n\nIVY COLE, 27, a waitress. Real name Helen Marsh.\n\nROSE MARSH, 58, her mother.\n\nINT. HALL - DAY\n\nROSE\nWho are you?\n\nIVY\nMy name is Helen. Helen Marsh.\n\nROSE\nHelen.\n',
  );
  expect(forms('IVY')).toEqual(expect.arrayContaining(['Helen', 'Helen Marsh', 'IVY', 'IVY COLE']));
});

test.each([
  ['Nicknamed "Lucky".', 'Lucky'],
  ['Known as the Dragon; everyone calls him Dash.', 'Dash'],
])('a biography tells a nickname at the beginning of a sentence too: %s', (told, name) => {
  const { forms } = english(
    `CHARACTERS\n\nMARK COLE, 30, a gambler. ${told}\n\nINT. BAR - DAY\n\nMARK\nDeal.\n\nANN\nSure, ${name}.\n`,
  );
  expect(forms('MARK')).toContain(name);
});

test('a last name behind another first name, or before a house, is nobody who bears it here', () => {
  const { asset } = english(
    'INT. HALL - DAY\n\nDAVID MARSH looks up.\n\nDAVID\nYes?\n\nANN\nI was there the night Henry Marsh died. The Marsh fortune is gone.\n\nDAVID\nDrop it.\n\nANN\nNo, Marsh.\n',
  );
  expect(asset('DAVID')?.forms.find(({ surface }) => surface === 'Marsh')?.count).toBe(1);
});

test.each([
  'Rain hammers the window.',
  'Tom hammers his fist on the table.',
  'The rain hammers against the roof.',
  'She comes to a fork in the road.',
])('what is done, and where a road parts, is no prop: %s', (line) => {
  expect(props(`INT. BAR - NIGHT\n\n${line}\n\nTOM\nHello.\n`)).toEqual([]);
});

test('a fork, a hammer and a drone that drones are props', () => {
  expect(
    props('INT. BAR - NIGHT\n\nTom lifts a fork and a hammer. A drone drones over the roof.\n\nTOM\nHello.\n').sort(),
  ).toEqual(['drone', 'fork', 'hammer']);
});
