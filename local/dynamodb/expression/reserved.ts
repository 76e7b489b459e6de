// Reserved words ("Reserved words in DynamoDB"), of which dynalite holds the list.
import { dynalite } from './dynalite.ts';

const known = new Map<string, boolean>();
/** Words kept; names of attributes are few. */
const KEPT = 5000;

/** Whether an expression may use the word only by an expression attribute name. */
export const reserved = (word: string): boolean => {
  const found = known.get(word);
  if (found !== undefined) return found;
  // The list is not exported: a projection of the word alone is refused for nothing else.
  const fault = dynalite.validateExpressions({ ProjectionExpression: word });
  const is = fault?.includes('reserved keyword') === true;
  if (known.size >= KEPT) known.clear();
  known.set(word, is);
  return is;
};
