// The calls that the doubts of a project take, one for each form. Pure, so that they can be priced without being made.
import type { Expected, ObjectCall, Wording } from '../../ai/index.ts';
import { type DoubtSide, doubts, type PriorDecision } from '../../breakdown/index.ts';
import type { Extraction } from '../../breakdown/schema.ts';
import type { Asking } from '../asking.ts';
import { Answers, faultOf } from './answer.ts';
import { Passages } from './passages.ts';
import { type Question, questionOf } from './question.ts';

/** What is resolved: extractions of all episodes, and what people decided. */
export type Given = { readonly extractions: readonly Extraction[]; readonly prior: readonly PriorDecision[] };

/** Forms of a side that are shown, and characters of what the front matter tells of it. */
const shown = { forms: 6, told: 80 } as const;
/** Tokens of one answer about one candidate, about. */
const expectedOutput = 70;
/** What an answer may take at first, beside what is expected: models that think do so within it. */
const spare = 4;

export type Call = Expected & { readonly call: ObjectCall<Answers>; readonly question: Question };

/** The calls with what their answers will probably take, in a fixed order. */
export function callsOf(asking: Asking, { extractions, prior }: Given, wording: Wording): Call[] {
  const passages = new Passages(extractions);
  return doubts(extractions, prior).map((doubt) => {
    const question = questionOf(doubt, passages);
    const output = expectedOutput * question.candidates.length;
    return { question, output, call: callOf(asking, question, wording, output) };
  });
}

function callOf(asking: Asking, question: Question, wording: Wording, output: number): ObjectCall<Answers> {
  const { doubt, lines, own, candidates } = question;
  return {
    ...asking,
    use: 'resolve',
    prompt: wording({
      language: lines.some(({ text }) => /\p{Script=Han}/u.test(text)) ? 'Chinese' : 'English',
      kind: doubt.kind,
      name: sideText(doubt.about),
      lines: lines
        .map((one, at) => `${at + 1} [${[one.episode, ...(own.has(one) ? one.cast : [])].join(' ')}] ${one.text}`)
        .join('\n'),
      candidates: candidates.map(({ letter, side }) => `${letter} ${sideText(side)}`).join('\n'),
    }),
    schema: Answers,
    schemaName: 'identity',
    maxOutputTokens: 200 + output * spare,
    check: (answers) => faultOf(answers, question),
    // what the scorer left open stays open
    builtin: () => ({
      answers: candidates.map(({ letter }) => ({ who: letter, why: '', lines: [], is: 'unsure' as const })),
    }),
  };
}

/** `李玄策 (靖王、七殿下; male): 二十四岁，七皇子…`. */
function sideText({ form, forms, gender, told }: DoubtSide): string {
  const others = forms
    .filter((one) => one !== form)
    .slice(0, shown.forms)
    .join('、');
  const beside = [others, gender].filter(Boolean).join('; ');
  const words = told.replace(/^\s*[\d一二三四五六七八九十]+[.、．]\s*/, '').slice(0, shown.told);
  return `${form}${beside && ` (${beside})`}${words && `: ${words}`}`;
}
