/** A stored object. `headers` are the answered ones (content-type, x-amz-meta-…), names in lower case. */
export type StoredObject = {
  readonly key: string;
  readonly file: string;
  /** bytes */
  readonly size: number;
  /** without quotes */
  readonly etag: string;
  /** epoch ms */
  readonly modified: number;
  readonly headers: Readonly<Record<string, string>>;
};
