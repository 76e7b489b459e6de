// Whether the statements of a role allow a request: an explicit Deny wins, then an Allow, else no.
import type { Statement } from '../template/role.ts';
import { conditionsHold, like, literally, type RequestContext } from './condition.ts';

export type AccessRequest = {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: RequestContext;
};

export type Decision = 'allowed' | 'explicitly denied' | 'not allowed';

/** `${aws:PrincipalTag/tenantId}` and its like by the context; undefined when the key is absent. */
const filler =
  (context: RequestContext) =>
  (text: string): string | undefined => {
    let complete = true;
    const filled = text.replace(/\$\{([^}]+)\}/g, (_, key: string) => {
      if ('*?$'.includes(key)) return literally(key);
      const value = context[key]?.[0];
      if (value === undefined) complete = false;
      return literally(value ?? '');
    });
    return complete ? filled : undefined;
  };

const applies = (statement: Statement, request: AccessRequest): boolean => {
  const fill = filler(request.context);
  const action = request.action.toLowerCase();
  return (
    statement.actions.some((pattern) => like(pattern.toLowerCase(), action)) &&
    statement.resources.some((pattern) => {
      const filled = fill(pattern);
      return filled !== undefined && like(filled, request.resource);
    }) &&
    conditionsHold(statement.conditions, request.context, fill)
  );
};

/** IAM User Guide, "Policy evaluation logic", as far as identity-based policies go. */
export function evaluate(statements: readonly Statement[], request: AccessRequest): Decision {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ effect }) => effect === 'Deny')) return 'explicitly denied';
  return applying.length ? 'allowed' : 'not allowed';
}
