// What every step over people has at hand: the language, the evidence, people's words, and where decisions are written.
import type { Biography } from '../../script/schema.ts';
import type { EvidenceTable } from './evidence.ts';
import type { FormNode, Language } from './form-table.ts';
import type { Ledger } from './ledger.ts';
import type { Verdicts } from './prior.ts';

export interface Pass {
  readonly language: Language;
  readonly table: EvidenceTable;
  readonly verdicts: Verdicts;
  readonly ledger: Ledger;
  readonly biographies: ReadonlyMap<string, Biography>;
  /** Forms that share a scene with a form. */
  readonly meetings: (node: FormNode) => ReadonlySet<FormNode>;
}
