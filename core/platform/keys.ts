// Key parts that every row shares. Casing is switched off: ElectroDB lower-cases keys otherwise, and two tenants could meet.

/** Partition key of everything that belongs to a tenant. */
export const byTenant = { field: 'pk', composite: ['tenant'], template: 'T#${tenant}', casing: 'none' } as const;

/** A required string attribute. */
export const text = { type: 'string', required: true } as const;
/** A required number attribute. */
export const number = { type: 'number', required: true } as const;
/** A required attribute of any JSON shape. */
export const json = { type: 'any', required: true } as const;
