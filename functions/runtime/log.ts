// Structured logs: tenant, request, task. Never script text, tokens or bodies.
import { Logger } from '@aws-lambda-powertools/logger';

let made: Logger | undefined;
// on first use: opening the console takes longer than importing most of a bundle
const logger = () => (made ??= new Logger({ serviceName: 'scriptloom' }));

type Fields = Record<string, unknown>;

export const log = {
  /** Fields of every later line of this invocation. */
  appendKeys: (fields: Fields): void => logger().appendKeys(fields),
  warn: (message: string, fields: Fields): void => logger().warn(message, fields),
  error: (message: string, fields: Fields): void => logger().error(message, fields),
};

/** The loggable part of an error: name, message, stack; not what was being processed. */
export const cause = (error: unknown) =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: 'unknown' };
