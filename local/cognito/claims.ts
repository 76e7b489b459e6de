// What a pre-token trigger may change in the tokens. Pure.
// Source: "Pre token generation Lambda trigger", Cognito Developer Guide; what it may not touch is ignored, as there.

export type Claims = Record<string, unknown>;

/** Nobody may override or suppress these in either token. */
const fixed = [
  'acr',
  'amr',
  'at_hash',
  'auth_time',
  'azp',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'sub',
  'token_use',
  'event_id',
  'version',
];
const fixedInAccess = new Set([...fixed, 'username', 'client_id', 'scope', 'device_key', 'cognito:groups', 'aud']);
const fixedInId = new Set([
  ...fixed,
  'aud',
  'cognito:username',
  'identities',
  'cognito:groups',
  'cognito:roles',
  'cognito:preferred_role',
]);

type Changes = {
  claimsToAddOrOverride?: unknown;
  claimsToSuppress?: unknown;
  scopesToAdd?: unknown;
  scopesToSuppress?: unknown;
};

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const changed = (claims: Claims, changes: Changes, untouchable: ReadonlySet<string>): Claims => {
  const added = Object.entries(objectOf(changes.claimsToAddOrOverride)).filter(
    ([name, value]) => !untouchable.has(name) && value !== undefined && value !== null,
  );
  const suppressed = new Set(textsOf(changes.claimsToSuppress).filter((name) => !untouchable.has(name)));
  return Object.fromEntries([...Object.entries(claims), ...added].filter(([name]) => !suppressed.has(name)));
};

const scopes = (scope: unknown, changes: Changes): string => {
  const suppressed = new Set(textsOf(changes.scopesToSuppress));
  return [...new Set([...(typeof scope === 'string' ? scope.split(' ') : []), ...textsOf(changes.scopesToAdd)])]
    .filter((one) => one !== '' && !/\s/.test(one) && !suppressed.has(one))
    .join(' ');
};

const groups = (details: Record<string, unknown>): Claims => {
  const { groupsToOverride } = objectOf(details.groupOverrideDetails);
  const names = textsOf(groupsToOverride);
  return names.length > 0 ? { 'cognito:groups': names } : {};
};

/** The two tokens after a trigger's `response`; version 1 can change the id token alone. */
export const applyTrigger = (
  tokens: { access: Claims; id: Claims },
  response: Record<string, unknown>,
  version: 'V1_0' | 'V2_0',
): { access: Claims; id: Claims } => {
  if (version === 'V1_0') {
    const details = objectOf(response.claimsOverrideDetails);
    const group = groups(details);
    return { access: { ...tokens.access, ...group }, id: { ...changed(tokens.id, details, fixedInId), ...group } };
  }
  const details = objectOf(response.claimsAndScopeOverrideDetails);
  const [access, id]: [Changes, Changes] = [
    objectOf(details.accessTokenGeneration),
    objectOf(details.idTokenGeneration),
  ];
  const group = groups(details);
  return {
    access: {
      ...changed(tokens.access, access, fixedInAccess),
      ...group,
      scope: scopes(tokens.access.scope, access),
    },
    id: { ...changed(tokens.id, id, fixedInId), ...group },
  };
};
