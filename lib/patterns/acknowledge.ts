// Findings of cdk-nag that are meant, each with its reason. Nothing else is passed over.
import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { IConstruct } from 'constructs';

const rule = (id: string, reason: string) => ({ id: `AwsSolutions::AwsSolutions-${id}`, reason });

const reasons = {
  'untraced-machine': [
    rule(
      'SF2',
      'Traces are switched by lib/config.ts: on in prod, off in dev, where executions are looked at one by one.',
    ),
  ],
  'dead-letters': [
    rule('SQS3', 'This queue is where events go that a stream, a rule or a schedule gave up; nothing comes after it.'),
  ],
  disposable: [
    rule('DDB3', 'Rows live for minutes to a day (tickets, sockets, idempotency keys); restored ones would be wrong.'),
  ],
  pool: [
    rule('COG2', 'A second factor is offered to everybody; people of small studios are not made to have one.'),
    rule(
      'COG8',
      'Plus costs $0.02 per person from the first one on (docs/cost.md); what it adds is no promise of the product.',
    ),
  ],
  'socket-stage': [
    rule(
      'APIG1',
      'Access logs of WebSocket APIs need a role set for the whole account, which no application should take over; the function logs every connection.',
    ),
  ],
  'socket-routes': [
    rule(
      'APIG4',
      'A one-time ticket, fetched with a token, opens the socket; the $connect function takes it (core/socket). API Gateway asks authorizers at $connect only.',
    ),
  ],
  'foreign-secret': [
    rule('SMG4', 'The keys in it are given out by the providers of models, who have no way to rotate them by machine.'),
  ],
  'open-route': [
    rule(
      'APIG4',
      'Registration, sign-in, health and the API description are for people without a token; the verbs say `needs: public`.',
    ),
  ],
} as const satisfies Record<string, readonly { id: string; reason: string }[]>;

export type Acknowledged = keyof typeof reasons;

/** Marks the findings of that kind on a construct and below it as meant. */
export function acknowledge(on: IConstruct, kind: Acknowledged): void {
  Validations.of(on).acknowledge(...reasons[kind]);
}

const everything =
  'Delivery of logs and traces is granted by AWS for all resources or none (CloudWatch Logs and X-Ray guides).';
const unnamed =
  'Objects of tenants, executions, connections, streams and places of tenants have no names before they exist; ' +
  'the wildcard stands for a name in the ARN of a bucket, machine, API or table of this stage, or for keys that a condition tells by their alias.';

/** The resources of these statements that hold a wildcard. */
export const wildcardsOf = (statements: readonly PolicyStatement[]): string[] =>
  statements.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*'));

/**
 * Marks these resources of a role's policy as meant. A finding's name holds the ARN as the template spells it,
 * which is settled only once references between stacks are: so it is marked when the tree is validated, before cdk-nag looks.
 */
export function acknowledgeWildcards(role: IConstruct, resources: readonly string[]): void {
  const mark = (): string[] => {
    for (const resource of resources) {
      const spelt = flattenCfnReference(Stack.of(role).resolve(resource));
      const reason = resource === '*' ? everything : unnamed;
      Validations.of(role).acknowledge(rule(`IAM5[Resource::${spelt}]`, reason));
    }
    return [];
  };
  if (resources.length) role.node.addValidation({ validate: mark });
}
