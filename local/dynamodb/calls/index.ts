// The calls of the two APIs, by the names they travel under.
import { batchGetItem } from './batch-get-item.ts';
import { batchWriteItem } from './batch-write-item.ts';
import type { Call } from './call.ts';
import { createTable } from './create-table.ts';
import { deleteItem } from './delete-item.ts';
import { getItem } from './get-item.ts';
import { getRecords } from './get-records.ts';
import { getShardIterator } from './get-shard-iterator.ts';
import { describeStream, listStreams } from './list-streams.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { deleteTable, describeTable, listTables } from './table-calls.ts';
import {
  describeContinuousBackups,
  describeTimeToLive,
  updateContinuousBackups,
  updateTimeToLive,
} from './table-settings.ts';
import { listTagsOfResource, tagResource, untagResource } from './tags.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateItem } from './update-item.ts';
import { updateTable } from './update-table.ts';

export const calls: ReadonlyMap<string, Call> = new Map(
  Object.entries({
    'DynamoDB_20120810.BatchGetItem': batchGetItem,
    'DynamoDB_20120810.BatchWriteItem': batchWriteItem,
    'DynamoDB_20120810.CreateTable': createTable,
    'DynamoDB_20120810.DeleteItem': deleteItem,
    'DynamoDB_20120810.DeleteTable': deleteTable,
    'DynamoDB_20120810.DescribeContinuousBackups': describeContinuousBackups,
    'DynamoDB_20120810.DescribeTable': describeTable,
    'DynamoDB_20120810.DescribeTimeToLive': describeTimeToLive,
    'DynamoDB_20120810.GetItem': getItem,
    'DynamoDB_20120810.ListTables': listTables,
    'DynamoDB_20120810.ListTagsOfResource': listTagsOfResource,
    'DynamoDB_20120810.PutItem': putItem,
    'DynamoDB_20120810.Query': query,
    'DynamoDB_20120810.Scan': scan,
    'DynamoDB_20120810.TagResource': tagResource,
    'DynamoDB_20120810.TransactGetItems': transactGetItems,
    'DynamoDB_20120810.TransactWriteItems': transactWriteItems,
    'DynamoDB_20120810.UntagResource': untagResource,
    'DynamoDB_20120810.UpdateContinuousBackups': updateContinuousBackups,
    'DynamoDB_20120810.UpdateItem': updateItem,
    'DynamoDB_20120810.UpdateTable': updateTable,
    'DynamoDB_20120810.UpdateTimeToLive': updateTimeToLive,
    'DynamoDBStreams_20120810.DescribeStream': describeStream,
    'DynamoDBStreams_20120810.GetRecords': getRecords,
    'DynamoDBStreams_20120810.GetShardIterator': getShardIterator,
    'DynamoDBStreams_20120810.ListStreams': listStreams,
  }),
);

/** PartiQL is left out on purpose. */
export const partiql = new Set(['ExecuteStatement', 'ExecuteTransaction', 'BatchExecuteStatement']);
