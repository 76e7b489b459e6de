// AWS::StepFunctions::StateMachine: the definition with its substitutions made.
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Assembly } from './assembly.ts';
import { refuse } from './resolve.ts';
import { ignored, type Resource, read } from './resource.ts';

export type MachinePlan = {
  readonly name: string;
  readonly arn: string;
  readonly logicalId: string;
  /** Amazon States Language, substitutions made. */
  readonly definition: unknown;
  readonly role: string;
};

const schema = z.strictObject({
  StateMachineName: z.string().optional(),
  StateMachineType: z.literal('STANDARD', 'only STANDARD machines run here').optional(),
  RoleArn: z.string(),
  DefinitionString: z.string().optional(),
  Definition: z.unknown().optional(),
  DefinitionS3Location: z
    .strictObject({ Bucket: z.string(), Key: z.string(), Version: z.string().optional() })
    .optional(),
  DefinitionSubstitutions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  // Executions are always journalled in full under the state folder.
  LoggingConfiguration: ignored,
  TracingConfiguration: ignored,
  EncryptionConfiguration: ignored,
  Tags: ignored,
});

/** Throws TEMPLATE_NOT_UNDERSTOOD when the definition is not in the assembly, is not JSON, or leaves a placeholder open. */
export function readMachine(resource: Resource, assembly: Assembly): MachinePlan {
  const properties = read(resource, schema, 'machine.ts');
  const file = assembly.asset(properties.DefinitionS3Location?.Key ?? '');
  const source =
    properties.DefinitionString ??
    (properties.Definition ? JSON.stringify(properties.Definition) : file && readFileSync(file, 'utf8'));
  if (!source)
    return refuse(resource, 'its definition is not among the assets of the assembly.', 'Run `npm run synth` again.');
  const text = source.replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) => {
    const given = properties.DefinitionSubstitutions[name];
    return given === undefined ? whole : JSON.stringify(String(given)).slice(1, -1);
  });
  const open = /\$\{([A-Za-z0-9_]+)\}/.exec(text);
  if (open)
    return refuse(
      resource,
      `its definition names \${${open[1]}}, and nothing substitutes it.`,
      'Add it to definitionSubstitutions.',
    );
  try {
    return {
      name: resource.identity.attributes.Name ?? '',
      arn: resource.identity.ref,
      logicalId: resource.logicalId,
      definition: JSON.parse(text),
      role: properties.RoleArn,
    };
  } catch {
    return refuse(resource, 'its definition is not JSON.', 'Correct the file under statemachines/.');
  }
}
