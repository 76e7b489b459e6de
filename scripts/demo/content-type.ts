// What a script is uploaded as, by its extension.
import { extensionOf } from '../../core/file/file.ts';

const types: Record<string, string> = {
  txt: 'text/plain',
  md: 'text/markdown',
  fountain: 'text/plain',
  fdx: 'application/xml',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Plain text where the extension says nothing. */
export const contentTypeOf = (name: string): string => types[extensionOf(name)] ?? 'text/plain';
