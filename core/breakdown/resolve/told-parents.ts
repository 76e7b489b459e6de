// Whose father or mother somebody is, as the biographies tell it: 沈知微的父亲, 丞相柳嵩之女.
import { parentAddresses } from '../vocabulary/kinship.ts';
import type { Gender } from '../vocabulary/titles.ts';
import type { Cluster } from './person.ts';

const words: Readonly<Record<Gender, string>> = { male: '父亲|生父|爸爸|爹', female: '母亲|生母|妈妈|娘亲' };
const child = '的?(?:嫡长?|庶|亲生|[独长次幼])?(?:女儿|儿子|千金|(?<=[之嫡长庶独次幼])[女子])';
const end = '(?=[，,。；;、）)\\s]|$)';

/**
 * The one of `there` whom a biography tells to be the father or mother that `of` calls by `call` (爹, 妈妈); undefined where none or two are,
 * and for any other word.
 */
export function toldParent(call: string, of: Cluster, there: Iterable<Cluster>): Cluster | undefined {
  const gender = parentAddresses.get(call);
  if (!gender) return undefined;
  const found = [...there].filter((one) => one !== of && isParent(one, of, gender));
  return found.length === 1 ? found[0] : undefined;
}

function isParent(one: Cluster, of: Cluster, gender: Gender): boolean {
  if (one.gender && one.gender !== gender) return false;
  const isToldOfOne = of.biographies.some(({ name }) => tells(one, `${escaped(name)}[的之](?:${words[gender]})${end}`));
  if (isToldOfOne || one.gender !== gender) return isToldOfOne;
  return one.biographies.some(({ name }) => tells(of, `${escaped(name)}之?${child}${end}`));
}

const tells = ({ biographies }: Cluster, pattern: string): boolean =>
  biographies.some(({ text }) => new RegExp(pattern, 'u').test(text));

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
