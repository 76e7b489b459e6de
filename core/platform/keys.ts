// Key parts that every row shares. Casing is switched off: ElectroDB lower-cases keys otherwise, and two tenants could meet.

/** Partition key of everything that belongs to a tenant. */
export const byTenant = { field: 'pk', composite: ['tenant'], template: 'T#${tenant}', casing: 'none' } as const;

/** Partition key of what the directory knows of a person. */
export const byUser = { field: 'pk', composite: ['user'], template: 'USER#${user}', casing: 'none' } as const;

/** Key of a row of the directory that leads from a name or a hash to what it stands for. */
export const leadingBy = <F extends string>(field: F, kind: string) =>
  ({
    pk: { field: 'pk', composite: [field], template: `${kind}#\${${field}}`, casing: 'none' },
    sk: { field: 'sk', composite: [], template: 'ENTRY', casing: 'none' },
  }) as const;

/** A required string attribute. */
export const text = { type: 'string', required: true } as const;
/** A required number attribute. */
export const number = { type: 'number', required: true } as const;
/** A required attribute of any JSON shape. */
export const json = { type: 'any', required: true } as const;
