// Takes away what deleted files, and scripts and projects whose time to be restored is over, leave behind. An order that fails comes back, and at last lies in the dead-letter queue.
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSHandler, SQSRecord } from 'aws-lambda';
import * as Audit from '../../core/audit/index.ts';
import * as File from '../../core/file/index.ts';
import * as Project from '../../core/project/index.ts';
import * as Script from '../../core/revision/index.ts';
import * as Task from '../../core/task/index.ts';
import { acrossCtx } from '../runtime/across.ts';
import type { PurgeOrder } from '../runtime/purge-queue.ts';

const processor = new BatchProcessor(EventType.SQS);

export const handler: SQSHandler = (event, context) => processPartialResponse(event, purge, processor, { context });

async function purge({ messageId, body }: SQSRecord): Promise<void> {
  const { tenant, type, subject, project = '' } = JSON.parse(body) as PurgeOrder;
  const ctx = await acrossCtx(tenant, messageId);
  switch (type) {
    case 'project.deleted':
      return Task.stopIn(ctx, subject);
    case 'project.purged':
      // what runs on it would go on writing
      await Task.stopIn(ctx, subject);
      await File.purgeProject(ctx, subject);
      await Script.purgeTexts(ctx, subject);
      return Project.purgeRows(ctx, subject);
    case 'audit.exported':
      return Audit.dropExport(ctx, subject);
    case 'script.purged':
      return Script.purgeScript(ctx, project, subject);
    default:
      return File.purgeFile(ctx, subject);
  }
}
