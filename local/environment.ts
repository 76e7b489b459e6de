// What a function finds in process.env: its own variables, its name and keys, and where the services are.
import { devNull } from 'node:os';
import type { Callers } from './iam/callers.ts';
import type { FunctionPlan } from './template/function.ts';
import { region } from './template/identity.ts';

/** AWS_ENDPOINT_URL_<service>, as the SDK reads them. */
export type Endpoints = Readonly<Record<`AWS_ENDPOINT_URL_${string}`, string>>;

/** The environment of the nodejs24.x runtime, nothing of this machine's own in it. `local` maps addresses in the template's values. */
export function environmentOf(
  plan: FunctionPlan,
  { callers, endpoints, local }: { callers: Callers; endpoints: Endpoints; local: (text: string) => string },
): Record<string, string> {
  const own = Object.entries(plan.environment).map(([name, value]) => [name, local(value)]);
  return {
    ...endpoints,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: plan.name,
    AWS_SECRET_ACCESS_KEY: callers.secretOf(plan.name) ?? '',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: plan.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memory),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: plan.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: plan.folder,
    _HANDLER: plan.handler,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/bin:/bin',
    // A person's own AWS profile on this machine is no part of the application.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...Object.fromEntries(own),
  };
}
