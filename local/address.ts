// Addresses as they stand in a template, turned into those of this machine: the one place that knows both.
import { region } from './template/identity.ts';

export type Addresses = {
  /** URL of an HTTP API by id. */
  readonly http: Readonly<Record<string, string>>;
  /** URL of a WebSocket API by id, without the stage; http, as the management API is called. */
  readonly sockets: Readonly<Record<string, string>>;
  /** S3 and SQS. */
  readonly storage: string;
  /** Hosted login. */
  readonly hosted: string;
};

const execute = new RegExp(`\\b(https|wss)://([a-z0-9]+)\\.execute-api\\.${region}\\.amazonaws\\.com`, 'g');
const queues = new RegExp(`https://sqs\\.${region}\\.amazonaws\\.com`, 'g');
const bucket = new RegExp(`https://([a-z0-9.-]+?)\\.s3(?:\\.${region})?\\.amazonaws\\.com`, 'g');
const hosted = new RegExp(`https://[a-z0-9-]+\\.auth\\.${region}\\.amazoncognito\\.com`, 'g');

/** The text with every address that runs here in its place on 127.0.0.1; others stay as they are. */
export const localise = (text: string, addresses: Addresses): string =>
  text
    .replace(execute, (whole, scheme: string, id: string) => {
      const url = addresses.http[id] ?? addresses.sockets[id];
      return url === undefined ? whole : scheme === 'wss' ? url.replace('http:', 'ws:') : url;
    })
    .replace(queues, addresses.storage)
    .replace(bucket, (_, name: string) => `${addresses.storage}/${name}`)
    .replace(hosted, addresses.hosted);
