// What stands in the prod stage with nobody in it, read off its templates.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Standing } from './model.ts';

type Resource = {
  readonly Type: string;
  readonly Properties?: { readonly Metrics?: readonly { MetricStat?: unknown }[] };
};

/** Metrics that an alarm watches, which is what it is paid by: one, or those it is reckoned from. */
const watchedBy = ({ Properties: { Metrics } = {} }: Resource): number =>
  Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;

/** Of the assembly in this folder. Throws when it is not one of the prod stage. */
export function standingOf(assembly: string): Standing {
  const resources = ['Data', 'Work', 'App'].flatMap((part) => {
    const template = JSON.parse(readFileSync(join(assembly, `Scriptloom-prod-${part}.template.json`), 'utf8'));
    return Object.values<Resource>(template.Resources);
  });
  const all = (type: string) => resources.filter(({ Type }) => Type === type);
  const many = (type: string) => all(type).length;
  // rate(15 minutes)
  return {
    alarms: all('AWS::CloudWatch::Alarm').reduce((sum, one) => sum + watchedBy(one), 0),
    keys: many('AWS::KMS::Key'),
    secrets: many('AWS::SecretsManager::Secret'),
    sweeps: 730 * 4,
  };
}
