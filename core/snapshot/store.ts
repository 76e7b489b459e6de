// Snapshots: the asset library as it stood when storyboards were made. Immutable.
import { Entity, type EntityItem } from 'electrodb';
import { byTenant, number, text } from '../platform/keys.ts';

export const SnapshotEntity = new Entity({
  model: { entity: 'snapshot', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, id: text, project: text, task: text, assets: number, bodyKey: text, createdAt: number },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'SNAPSHOT#${id}', casing: 'none' } },
    ofProject: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#SNAPSHOT',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

export type SnapshotRow = EntityItem<typeof SnapshotEntity>;

/** `snp_<ulid of the task>_<attempt>` */
export const snapshotId = (task: string, attempt: number): string => `snp_${task.slice(4)}_${attempt}`;
