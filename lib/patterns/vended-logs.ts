// Logs that a service of AWS delivers itself.
import type { StageConfig } from '../config.ts';

/** Name of such a log group: those of this prefix need no line in the account's resource policy, which has room for few. */
export const vendedLogs = ({ stage }: StageConfig, service: 'states' | 'apis', name: string): string =>
  `/aws/vendedlogs/${service}/scriptloom-${stage}-${name}`;
