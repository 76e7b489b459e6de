// HTML that cannot carry what a stranger wrote as markup: every value is escaped unless it is Html itself.

export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const shown = (value: Value): string => {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
};

/** Attributes are to be written in double quotes; undefined shows as nothing. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html =>
  new Html(parts.reduce((text, part, at) => text + shown(values[at - 1]) + part));
