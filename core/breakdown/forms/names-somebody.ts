// Whether a form can name somebody in particular: no pronoun, no word for oneself, no crowd, no voice.
import { selfWords } from '../vocabulary/roles.ts';
import { readName } from './read-name.ts';

const pronouns: ReadonlySet<string> = new Set(
  '我 你 您 他 她 它 咱 自己 对方 别人 旁人 人家 某人 有人 谁 大家 众人 这位 那位 这人 那人 此人 我们 你们 他们 她们 它们 咱们 俺们 i me my you your he him his she her it we us they them who someone somebody everyone nobody himself herself'.split(
    ' ',
  ),
);

/** @param form as the script writes it. */
export function namesSomebody(form: string, language: 'zh' | 'en'): boolean {
  const word = form.trim().toLowerCase();
  if (word === '' || pronouns.has(word) || selfWords.has(word)) return false;
  const { kind } = readName(form, language);
  return kind !== 'crowd' && kind !== 'voice';
}
