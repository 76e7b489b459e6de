// The words of the catalog for what a function may touch; lib/patterns/grants.ts says what each brings.

/**
 * What a function may touch. Each capability brings its environment variables and its IAM statements, and nothing else.
 * What is marked (tenant) is reached with the session of one tenant, through the function's data role, unless the function works across tenants.
 */
export type Capability =
  | 'core:read' // (tenant) CORE_TABLE: GetItem, BatchGetItem, Query on the table and its indexes
  | 'core:write' // (tenant) core:read + PutItem, UpdateItem, DeleteItem, ConditionCheckItem (TransactWrite is authorised per action)
  | 'sign-ins:note' // (tenant) CORE_TABLE: UpdateItem, for when a member last signed in
  | 'directory:read' // DIRECTORY_TABLE
  | 'place:read' // (tenant) DIRECTORY_TABLE: GetItem of the tenant's own entry, which says where the tenant lies
  | 'directory:write' // and from a tenant's session too: a row there and the tenant's own are written in one transaction
  | 'ephemeral:write' // (tenant) EPHEMERAL_TABLE: read and write
  | 'open-requests:write' // EPHEMERAL_TABLE: idempotency keys of people who are not signed in
  | 'tickets:write' // EPHEMERAL_TABLE: PutItem of the tickets of sockets; SOCKET_URL: where they open one
  | 'sockets:write' // EPHEMERAL_TABLE: tickets are taken; which tenant a connection is of
  | 'sockets:drop' // EPHEMERAL_TABLE: DeleteItem of which tenant a connection is of
  | 'reminders:write' // EPHEMERAL_TABLE: PutItem of what the sweep is to look after
  | 'failed-sign-ins:write' // EPHEMERAL_TABLE: UpdateItem of what is counted by address
  | 'breakers:write' // EPHEMERAL_TABLE: circuit breakers of model providers
  | 'audit:write' // (tenant) AUDIT_TABLE: PutItem, and an explicit Deny of UpdateItem, DeleteItem, BatchWriteItem
  | 'audit:read' // (tenant) AUDIT_TABLE: GetItem, BatchGetItem, Query on the table and its indexes
  | 'media:read' // (tenant) MEDIA_BUCKET: GetObject, and ListBucket, of what begins with tenants/<tenant>/
  | 'media:write' // (tenant) media:read + PutObject, AbortMultipartUpload, ListMultipartUploadParts
  | 'media:delete' // (tenant) MEDIA_BUCKET: DeleteObject, AbortMultipartUpload, ListBucket
  | 'media:purge' // (tenant) MEDIA_BUCKET: DeleteObject, DeleteObjectVersion, AbortMultipartUpload, ListBucketVersions, ListBucket
  | 'pool:sign-in' // USER_POOL_ID, USER_POOL_CLIENT_ID: public client calls, no IAM
  | 'pool:admin' // AdminUserGlobalSignOut, AdminGetUser, AdminSetUserMFAPreference on the pool
  | 'mail:send' // MAIL_FROM: SendEmail from the stage's domain; nothing where it has none
  | 'pool:confirm' // SIGN_UP_CONFIRMATION: `none`, or `code` where a person first enters the code of a mail; no IAM
  | 'pool:verify' // USER_POOL_ID, USER_POOL_CLIENT_ID: verify tokens, no IAM
  | 'open:count' // OPEN_RATE: calls of one act an address may make in a minute without a sign-in; EPHEMERAL_TABLE: how many it made
  | 'tenant:found' // FIRST_PLAN: what new tenants begin on, { plan, contract }; no IAM
  | 'tenant:close' // CLOSING: how long a closing can be taken back; no IAM
  | 'tenancy:run' // ONBOARDING_STATE_MACHINE_ARN, OFFBOARDING_STATE_MACHINE_ARN: StartExecution; StopExecution on executions of the latter
  | 'work:run' // BREAKDOWN_STATE_MACHINE_ARN, WRITING_STATE_MACHINE_ARN: StartExecution; StopExecution and DescribeExecution on their executions
  | 'socket:push' // SOCKET_ENDPOINT: execute-api:ManageConnections
  | 'models:plan' // MODEL_SECRET: GetSecretValue, and through it the key; MODELS, MODEL_ADDRESSES
  | 'models:ask' // models:plan + (tenant) MODEL_KEY: Decrypt for a tenant and a provider
  | 'keys:write' // (tenant) MODEL_KEY: GenerateDataKey for a tenant and a provider
  | 'queues:look' // QUEUES: GetQueueAttributes of every queue of the app, dead letters included
  | 'purge:send'; // PURGE_QUEUE_URL: SendMessage
