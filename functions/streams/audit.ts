// Audit lines are linked to the chain of their tenant as the stream brings them. Lines that cannot be linked are brought again, with
// all that came after them; those that are linked by then are left out.
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { RawLine } from '../../core/audit/block.ts';
import { link } from '../../core/audit/link.ts';
import { type Attribute, fromItem } from '../../core/platform/dynamo/attribute.ts';
import { acrossCtx } from '../runtime/across.ts';
import { cause, log } from '../runtime/log.ts';

type Brought = { readonly line: RawLine; readonly sequence: string };

export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const tenants = Map.groupBy(Records.flatMap(brought), ({ line }) => line.tenant);
  const failed: string[] = [];
  for (const [tenant, lines] of tenants) {
    try {
      await link(
        await acrossCtx(tenant, 'stream-audit'),
        lines.map(({ line }) => line),
      );
    } catch (error) {
      log.error('lines are not linked', { tenant, lines: lines.length, error: cause(error) });
      failed.push(...lines.map(({ sequence }) => sequence));
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

function brought({ eventName, dynamodb }: DynamoDBRecord): Brought[] {
  const image = dynamodb?.NewImage;
  if (eventName !== 'INSERT' || !image) return [];
  const row = fromItem(image as Record<string, Attribute>);
  return row.__edb_e__ === 'audit' ? [{ line: row as RawLine, sequence: dynamodb.SequenceNumber ?? '' }] : [];
}
