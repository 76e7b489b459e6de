// Structured logs: tenant, request, task. Never script text, tokens or bodies.
import { Logger } from '@aws-lambda-powertools/logger';

export const log = new Logger({ serviceName: 'scriptloom' });

/** The loggable part of an error: name, message, stack; not what was being processed. */
export const cause = (error: unknown) =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: 'unknown' };
