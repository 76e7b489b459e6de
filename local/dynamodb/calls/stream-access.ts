// The right to a stream, by its ARN.
import type { Field } from '../parameters.ts';
import type { Access } from './call.ts';

export const streamArnField: Field = { kind: 'text', required: true, min: 37, max: 1024 };

export const onStream = (action: string, arn: string): Access => ({ action: `dynamodb:${action}`, resource: arn });
