// The error tables of the providers, row by row (providers.md 2.1 to 2.7 and 4).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Models, startModels } from '../../kit/models/index.ts';
import { asking, called, failureOf, text } from './asking.ts';

let server: Models;
beforeAll(async () => {
  server = await startModels();
});
afterAll(() => server.close());

const chat = (code: string | null, type = 'error', message = 'no') => ({ error: { message, type, param: null, code } });
const claude = (type: string, error_code?: string) => ({
  type: 'error',
  error: { type, message: 'no', ...(error_code && { details: { error_code } }) },
  request_id: 'req_9',
});
const google = (code: number, status: string, details: unknown[] = []) => ({
  error: { code, message: 'no', status, details },
});
const base = (status_code: number) => ({ base_resp: { status_code, status_msg: 'no' } });
const finish = (finish_reason: string, content = '') => ({
  id: 'x',
  choices: [{ index: 0, finish_reason, message: { role: 'assistant', content } }],
});
const candidate = (finishReason: string) => ({ candidates: [{ index: 0, finishReason }] });

const rows: [provider: (typeof called)[number], status: number, body: unknown, kind: string, stage?: string][] = [
  ['openai', 400, chat(null, 'invalid_request_error'), 'invalid'],
  ['openai', 400, chat('content_policy_violation'), 'moderation', 'input'],
  ['openai', 400, chat('moderation_blocked', 'image_generation_user_error'), 'moderation', 'input'],
  ['openai', 401, chat('invalid_api_key'), 'auth'],
  ['openai', 403, chat('unsupported_country_region_territory'), 'auth'],
  ['openai', 404, chat('model_not_found'), 'invalid'],
  ['openai', 408, {}, 'retryable'],
  ['openai', 409, {}, 'retryable'],
  ['openai', 413, {}, 'invalid'],
  ['openai', 429, chat('rate_limit_exceeded', 'requests'), 'rate_limited'],
  ['openai', 429, chat('insufficient_quota', 'insufficient_quota'), 'quota'],
  ['openai', 429, chat(null, 'insufficient_quota'), 'quota'],
  ['openai', 504, chat(null, 'server_error'), 'retryable'],
  ['openai', 200, { id: 'r', status: 'failed', error: { code: 'rate_limit_exceeded', message: 'no' }, output: [] }, 'rate_limited'],
  ['openai', 200, { id: 'r', status: 'failed', error: null, output: [] }, 'retryable'],
  ['openai', 200, { id: 'r', status: 'in_progress', error: null, output: [] }, 'retryable'],
  ['openai', 200, { id: 'r', status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] }, 'moderation', 'output'],
  ['openai', 200, { id: 'r', status: 'completed', error: null, output: [] }, 'invalid_output'],

  ['anthropic', 400, claude('invalid_request_error'), 'invalid'],
  ['anthropic', 400, claude('invalid_request_error', 'organization_on_hold'), 'auth'],
  ['anthropic', 401, claude('authentication_error'), 'auth'],
  ['anthropic', 402, claude('billing_error'), 'quota'],
  ['anthropic', 403, claude('permission_error'), 'auth'],
  ['anthropic', 404, claude('not_found_error'), 'invalid'],
  ['anthropic', 413, claude('request_too_large'), 'invalid'],
  ['anthropic', 429, claude('rate_limit_error'), 'rate_limited'],
  ['anthropic', 429, claude('rate_limit_error', 'contract_spend_limit_reached'), 'quota'],
  ['anthropic', 429, claude('rate_limit_error', 'enforced_spend_limit_reached'), 'quota'],
  ['anthropic', 429, claude('rate_limit_error', 'ramp_limit_exceeded'), 'rate_limited'],
  ['anthropic', 500, claude('api_error'), 'retryable'],
  ['anthropic', 504, claude('timeout_error'), 'retryable'],
  ['anthropic', 529, claude('overloaded_error'), 'retryable'],

  ['gemini', 400, google(400, 'INVALID_ARGUMENT'), 'invalid'],
  ['gemini', 400, google(400, 'INVALID_ARGUMENT', [{ reason: 'API_KEY_INVALID' }]), 'auth'],
  ['gemini', 400, google(400, 'FAILED_PRECONDITION'), 'quota'],
  ['gemini', 401, google(401, 'UNAUTHENTICATED'), 'auth'],
  ['gemini', 403, google(403, 'PERMISSION_DENIED'), 'auth'],
  ['gemini', 404, google(404, 'NOT_FOUND'), 'invalid'],
  ['gemini', 429, google(429, 'RESOURCE_EXHAUSTED'), 'rate_limited'],
  ['gemini', 429, google(429, 'RESOURCE_EXHAUSTED', [{ violations: [{ quotaId: 'RequestsPerDayPerProject' }] }]), 'quota'],
  ['gemini', 499, google(499, 'CANCELLED'), 'retryable'],
  ['gemini', 503, google(503, 'UNAVAILABLE'), 'retryable'],
  ['gemini', 504, google(504, 'DEADLINE_EXCEEDED'), 'retryable'],
  ['gemini', 200, { promptFeedback: { blockReason: 'JAILBREAK' } }, 'moderation', 'input'],
  ...['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY'].map(
    (reason) => ['gemini', 200, candidate(reason), 'moderation', 'output'] as (typeof rows)[number],
  ),
  ...['LANGUAGE', 'OTHER', 'MALFORMED_FUNCTION_CALL', 'MALFORMED_RESPONSE', 'A_NEW_ONE'].map(
    (reason) => ['gemini', 200, candidate(reason), 'invalid_output'] as (typeof rows)[number],
  ),
  ['gemini', 200, { candidates: [] }, 'invalid_output'],

  ['doubao', 400, chat('MissingParameter'), 'invalid'],
  ['doubao', 400, chat('InvalidParameter.UnsupportedModel'), 'invalid'],
  ['doubao', 400, chat('OutofContextError'), 'invalid'],
  ['doubao', 400, chat('InputTextSensitiveContentDetected'), 'moderation', 'input'],
  ['doubao', 400, chat('InputImageSensitiveContentDetected.PrivacyInformation'), 'moderation', 'input'],
  ['doubao', 400, chat('OutputTextSensitiveContentDetected'), 'moderation', 'output'],
  ['doubao', 400, chat('InputTextRiskDetection'), 'moderation', 'input'],
  ['doubao', 401, chat('AuthenticationError'), 'auth'],
  ['doubao', 403, chat('AccessDenied'), 'auth'],
  ['doubao', 403, chat('AccountOverdueError'), 'quota'],
  ['doubao', 403, chat('OperationDenied.ServiceOverdue'), 'quota'],
  ['doubao', 404, chat('InvalidEndpointOrModel.NotFound'), 'invalid'],
  ['doubao', 404, chat('ModelNotOpen'), 'invalid'],
  ...['RateLimitExceeded.EndpointRPMExceeded', 'ModelAccountRpmRateLimitExceeded', 'ModelAccountTpmRateLimitExceeded', 'AccountRateLimitExceeded', 'ServerOverloaded', 'RequestBurstTooFast'].map(
    (code) => ['doubao', 429, chat(code), 'rate_limited'] as (typeof rows)[number],
  ),
  ...['QuotaExceeded', 'SetLimitExceeded', 'InflightBatchsizeExceeded'].map(
    (code) => ['doubao', 429, chat(code), 'quota'] as (typeof rows)[number],
  ),
  ['doubao', 500, chat('InternalServiceError'), 'retryable'],
  ['doubao', 200, finish('content_filter', '…'), 'moderation', 'output'],

  ['deepseek', 400, chat('invalid_request_error'), 'invalid'],
  ['deepseek', 401, chat('invalid_request_error'), 'auth'],
  ['deepseek', 402, chat('invalid_request_error', 'unknown_error', 'Insufficient Balance'), 'quota'],
  ['deepseek', 422, chat('invalid_request_error'), 'invalid'],
  ['deepseek', 429, chat(null), 'rate_limited'],
  ['deepseek', 503, chat(null), 'retryable'],
  ['deepseek', 200, finish('insufficient_system_resource'), 'retryable'],
  ['deepseek', 200, finish('stop'), 'invalid_output'],
  ['deepseek', 200, finish('content_filter'), 'moderation', 'output'],

  ['yunwu', 403, chat('insufficient_user_quota', 'new_api_error'), 'quota'],
  ['yunwu', 403, chat('pre_consume_token_quota_failed', 'new_api_error'), 'quota'],
  ['yunwu', 503, chat('model_not_found', 'new_api_error'), 'retryable'],
  ['yunwu', 503, chat('get_channel_failed', 'new_api_error'), 'retryable'],
  ['yunwu', 404, chat('model_not_found', 'new_api_error'), 'invalid'],
  ['yunwu', 400, chat('sensitive_words_detected'), 'moderation', 'input'],
  ['yunwu', 400, chat('prompt_blocked'), 'moderation', 'input'],
  ['yunwu', 401, chat('access_denied'), 'auth'],
  ['yunwu', 401, chat('', 'new_api_error', '无效的令牌'), 'auth'],
  ['yunwu', 400, chat('bad_response_status_code'), 'retryable'],
  ['yunwu', 500, chat('do_request_failed'), 'retryable'],
  ['yunwu', 400, chat('channel:no_available_key'), 'retryable'],
  ['yunwu', 429, chat('token_concurrency_limit_reached'), 'rate_limited'],
  ['yunwu', 500, chat('bad_response_status_code', 'upstream_error', `upstream: ${JSON.stringify(chat('insufficient_quota'))}`), 'quota'],
  ['yunwu', 200, { code: 'insufficient_user_quota', message: '额度不足', data: null }, 'quota'],

  ...[1000, 1001, 1024, 1033].map((code) => ['minimax', 200, base(code), 'retryable'] as (typeof rows)[number]),
  ...[1002, 1039, 1041, 2045].map((code) => ['minimax', 200, base(code), 'rate_limited'] as (typeof rows)[number]),
  ...[1004, 2049].map((code) => ['minimax', 200, base(code), 'auth'] as (typeof rows)[number]),
  ...[1008, 1028, 1030, 2056, 2061].map((code) => ['minimax', 200, base(code), 'quota'] as (typeof rows)[number]),
  ['minimax', 200, base(1026), 'moderation', 'input'],
  ['minimax', 200, base(1027), 'moderation', 'output'],
  ...[1042, 2013, 4711].map((code) => ['minimax', 200, base(code), 'invalid'] as (typeof rows)[number]),
  ['minimax', 429, { type: 'error', error: { type: 'rate_limit', message: 'no', http_code: '429' }, request_id: 'x' }, 'rate_limited'],

  ['deepseek', 400, chat('invalid_request_error', 'invalid_request_error', 'Content Exists Risk'), 'moderation', 'input'],
  ['compatible', 400, chat('invalid_request_error', 'invalid_request_error', 'Content Exists Risk'), 'moderation', 'input'],
  ['compatible', 400, chat('data_inspection_failed', 'data_inspection_failed'), 'moderation', 'input'],
  ['compatible', 400, chat('content_filter', 'content_filter'), 'moderation', 'input'],
  ['compatible', 400, chat('1301', '', '系统检测到输入或生成内容可能包含不安全或敏感内容'), 'moderation', 'input'],
  ['compatible', 451, chat(null, 'censorship_blocked'), 'moderation', 'input'],
  ['compatible', 451, { code: 20_061, message: 'no', data: null }, 'moderation'],
  ['compatible', 400, chat('Arrearage', 'Arrearage'), 'quota'],
  ['compatible', 403, chat('AllocationQuota.FreeTierOnly'), 'quota'],
  ['compatible', 429, chat(null, 'exceeded_current_quota_error'), 'quota'],
  ['compatible', 429, chat('insufficient_quota', 'insufficient_quota'), 'quota'],
  ['compatible', 429, chat('insufficient_quota', 'insufficient_quota', 'You exceeded your current quota. For details, see: https://help.aliyun.com/zh/model-studio/error-code#token-limit'), 'rate_limited'],
  ['compatible', 429, chat('1113', '', '您的账户已欠费，请充值后重试'), 'quota'],
  ['compatible', 429, chat('1302', '', '您的账户已达到并发限制'), 'rate_limited'],
  ['compatible', 429, chat(null, 'engine_overloaded_error'), 'rate_limited'],
  ...['sensitive', 'content_filter', 'SAFETY', 'refusal'].map(
    (reason) => ['compatible', 200, finish(reason, '{"a":1}'), 'moderation', 'output'] as (typeof rows)[number],
  ),
  ...['network_error', 'insufficient_system_resource', 'error', 'abort'].map(
    (reason) => ['compatible', 200, finish(reason, '{"a":1}'), 'retryable'] as (typeof rows)[number],
  ),

  ['compatible', 403, { code: 30_001, message: 'Sorry, your account balance is insufficient', data: null }, 'quota'],
  ['compatible', 400, { code: 20_012, message: 'Model does not exist. Please check it carefully.', data: null }, 'invalid'],
  ['compatible', 403, { code: 403, message: 'no' }, 'auth'],
  ['compatible', 403, chat('pre_consume_token_quota_failed', 'new_api_error'), 'quota'],
  ['compatible', 403, { error: { code: 403, message: 'no', metadata: { reasons: ['violence'], flagged_input: '…' } } }, 'moderation', 'input'],
  ['compatible', 403, { error: { code: 403, message: 'no', metadata: { provider_name: 'x' } } }, 'auth'],
  ['compatible', 400, [chat('data_inspection_failed')], 'moderation', 'input'],

  ['compatible', 404, { detail: 'Not Found' }, 'invalid'],
  ['compatible', 500, { error: 'model runner has crashed' }, 'retryable'],
  ['compatible', 200, { error: { message: 'slow down', code: 429 } }, 'rate_limited'],
  ['compatible', 200, { error: 'model not loaded' }, 'retryable'],
  ['compatible', 402, {}, 'quota'],
  ['compatible', 200, [], 'retryable'],
]; // biome-ignore format: a table

describe.each(called)('%s', (provider) => {
  test.each(rows.filter(([of]) => of === provider))('%s %i %j is %s', async (_, status, body, kind, stage) => {
    server.next({ status, body });
    const { facts } = await failureOf(text(server, provider, asking(provider)));
    expect(facts).toMatchObject({ kind, httpStatus: status, ...(stage && { stage }) });
    expect(facts.stage).toBe(stage);
  });
});

test('an Anthropic error tells the request id of its body, a Yunwu error that of its message', async () => {
  server.next({ status: 529, body: claude('overloaded_error') });
  expect((await failureOf(text(server, 'anthropic', asking('anthropic')))).facts.requestId).toBe('req_9');
  server.next({
    status: 403,
    body: chat('insufficient_user_quota', 'new_api_error', '用户额度不足 (request id: 20261124)'),
  });
  expect((await failureOf(text(server, 'yunwu', asking('yunwu')))).facts.requestId).toBe('20261124');
});

test('a model that SiliconFlow does not have is told as that, a question that is too long by its code', async () => {
  server.next({ status: 400, body: { code: 20_012, message: 'Model does not exist.', data: null } });
  expect((await failureOf(text(server, 'compatible', asking('compatible')))).facts.providerCode).toBe(
    'model_not_found',
  );
  const words = [
    { object: 'error', message: "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.", type: 'BadRequestError', param: null, code: 400 },
    { error: { message: "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 8192 tokens.", type: 'BadRequestError', param: null, code: 400 } },
    { code: 20_015, message: 'length of prompt_tokens (8192) must be less than max_seq_len (4096).', data: null },
    chat('context_length_exceeded', 'invalid_request_error'),
  ]; // biome-ignore format: a table
  for (const body of words) {
    server.next({ status: 400, body });
    const { facts } = await failureOf(text(server, 'compatible', asking('compatible')));
    expect(facts).toMatchObject({ kind: 'invalid', providerCode: 'context_length_exceeded' });
  }
});

test('the setting that was refused is told', async () => {
  server.next({
    status: 400,
    body: { error: { message: 'no', type: 'invalid_request_error', param: 'text.format', code: null } },
  });
  expect((await failureOf(text(server, 'openai', asking('openai')))).facts).toMatchObject({ field: 'text.format' });
});
