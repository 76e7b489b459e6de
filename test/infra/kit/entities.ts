// A bundle of two entities: one that says what it asks, one that cannot be made.
import { Entity } from 'electrodb';
import { EventRow } from '../../../core/platform/event.ts';

/** What a query, a put and a read row are, by the bundle's entity. */
export const asked = () => ({
  query: EventRow.query.primary({ tenant: 't', subject: 's' }).params({ table: 'core' }),
  put: EventRow.create({ tenant: 't', id: 'i', type: 'a.b', subject: 's', actor: 'x', detail: { n: 1 }, at: 1 }).params(
    {
      table: 'core',
    },
  ),
  read: EventRow.parse({ Item: { tenant: 't', id: 'i', __edb_e__: 'event', __edb_v__: '1' } }),
});

// no index at all: ElectroDB throws when it is made
export const unmakeable = new Entity({
  model: { entity: 'broken', version: '1', service: 'scriptloom' },
  attributes: { tenant: { type: 'string' } },
  indexes: {},
});
