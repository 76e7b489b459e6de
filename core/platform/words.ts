// Words inside a sentence that a failure tells: why it was refused, what a field must be. In both languages, where they are used.
export type Locale = 'zh-CN' | 'en';

/** A part of a sentence in both languages. As a detail of a Failure it is told in the language of the reader. */
export type Words = Readonly<Record<Locale, string>>;

export const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });

/** A detail as it is shown: words in the reader's language, anything else as it is. */
export const inLocale = (detail: unknown, locale: Locale): unknown => (isWords(detail) ? detail[locale] : detail);

const isWords = (detail: unknown): detail is Words =>
  typeof detail === 'object' && detail !== null && 'zh-CN' in detail && 'en' in detail;

const chinese = new Map<string, string>();

/** What a schema's own rule asks for. The schema is given the English words; `ruleIn` finds the Chinese ones. */
export function rule(zh: string, en: string): string {
  chinese.set(en, zh);
  return en;
}

/** The message of a schema in the reader's language. */
export const ruleIn = (message: string, locale: Locale): string =>
  locale === 'zh-CN' ? (chinese.get(message) ?? message) : message;

/** A moment (epoch ms) as sentences and mails name it, to the minute: `2026-11-28 20:14`, UTC. */
export const minuteOf = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
