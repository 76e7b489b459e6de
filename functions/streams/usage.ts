// Daily totals follow usage: each exchange that was recorded is added once, however often the stream brings it. Alerts follow quotas.
// One after the other: exchanges of a tenant meet at the same few totals.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { DynamoDBRecord, DynamoDBStreamHandler } from 'aws-lambda';
import { total } from '../../core/ai/usage/total.ts';
import { alert } from '../../core/tenant/quota/alert.ts';
import type { QuotaRow } from '../../core/tenant/quota/store.ts';
import { acrossCtx } from '../runtime/across.ts';
import { announced, changeOf } from '../runtime/announced.ts';

const processor = new BatchProcessor(EventType.DynamoDBStreams);

export const handler: DynamoDBStreamHandler = (event, context) =>
  processPartialResponse(event, add, processor, { context, processInParallel: false });

async function add(record: DynamoDBRecord): Promise<void> {
  const quota = changeOf<QuotaRow>(record, 'quota');
  if (quota) return alert(await acrossCtx(quota.after.tenant, quota.after.metric), quota.before, quota.after);
  const event = announced(record);
  if (event?.type === 'usage.recorded') await total(await acrossCtx(event.tenant, event.subject), event.subject);
}
