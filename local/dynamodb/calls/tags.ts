// TagResource, UntagResource and ListTagsOfResource: tags of tables.
import { DynamoFailure } from '../failure.ts';
import type { Field } from '../parameters.ts';
import type { Store } from '../store/index.ts';
import type { Table } from '../store/table.ts';
import { onTable } from './access.ts';
import { call } from './call.ts';

export type TagInput = { readonly Key: string; readonly Value: string };

export const tagList: Field = {
  kind: 'list',
  of: {
    kind: 'members',
    of: { Key: { kind: 'text', required: true, min: 1, max: 128 }, Value: { kind: 'text', required: true, max: 256 } },
  },
};

export const tagsFrom = (list: readonly TagInput[]): Record<string, string> =>
  Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));

const resource: Field = { kind: 'text', required: true, min: 1, max: 1283 };

const tagged = (arn: string, { catalog }: Store): Table => {
  const table = arn.startsWith('arn:') ? catalog.find(arn) : undefined;
  if (!table)
    throw new DynamoFailure('ResourceNotFoundException', `Requested resource not found: ResourcArn: ${arn} not found`);
  return table;
};

type Of = { readonly ResourceArn: string };

export const tagResource = call<Of & { readonly Tags: readonly TagInput[] }>({
  parameters: { ResourceArn: resource, Tags: { ...tagList, required: true } },
  access: ({ ResourceArn }) => [onTable('TagResource', ResourceArn)],
  run: ({ ResourceArn, Tags }, { store }) => {
    const table = tagged(ResourceArn, store);
    store.catalog.update(table, { ...table.settings, tags: { ...table.settings.tags, ...tagsFrom(Tags) } });
    return {};
  },
});

export const untagResource = call<Of & { readonly TagKeys: readonly string[] }>({
  parameters: { ResourceArn: resource, TagKeys: { kind: 'list', required: true, of: { kind: 'text' } } },
  access: ({ ResourceArn }) => [onTable('UntagResource', ResourceArn)],
  run: ({ ResourceArn, TagKeys }, { store }) => {
    const table = tagged(ResourceArn, store);
    const tags = Object.fromEntries(Object.entries(table.settings.tags).filter(([key]) => !TagKeys.includes(key)));
    store.catalog.update(table, { ...table.settings, tags });
    return {};
  },
});

export const listTagsOfResource = call<Of>({
  parameters: { ResourceArn: resource, NextToken: { kind: 'text' } },
  access: ({ ResourceArn }) => [onTable('ListTagsOfResource', ResourceArn)],
  run: ({ ResourceArn }, { store }) => ({
    Tags: Object.entries(tagged(ResourceArn, store).settings.tags).map(([Key, Value]) => ({ Key, Value })),
  }),
});
