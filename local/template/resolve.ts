// Intrinsic functions of CloudFormation, resolved for one account and region. What is not known stops with its place.
import { Refusal } from '../refusal.ts';
import type { Assembly, RawResource, Stack } from './assembly.ts';
import { account, type Identity, identify, region } from './identity.ts';

/** Where in which template a value stands; names the place in every refusal. */
export type Place = { readonly stack: Stack; readonly logicalId: string };

const absent = Symbol('AWS::NoValue');

/** `aws:cdk:path` of a resource: where in the CDK tree its author finds it. */
export const cdkPath = (resource: RawResource | undefined): string | undefined => {
  const path = resource?.Metadata?.['aws:cdk:path'];
  return typeof path === 'string' ? path : undefined;
};

/** Stops because of something in a template: names stack, logical id and CDK path. */
export function refuse(place: Place, what: string, advice: string): never {
  const path = cdkPath(place.stack.resources[place.logicalId]);
  const where = `${place.stack.name}/${place.logicalId}${path ? ` (${path})` : ''}`;
  throw new Refusal('TEMPLATE_NOT_UNDERSTOOD', `${where}: ${what} ${advice}`);
}

const learn = 'Teach it in local/template/resolve.ts, or write the template without it.';

export type Resolver = {
  /** The value with every intrinsic resolved; properties that are `AWS::NoValue` are gone. */
  readonly value: (place: Place, value: unknown) => unknown;
  /** Whether a condition of the stack holds. */
  readonly condition: (place: Place, name: string) => boolean;
  readonly identity: (stack: Stack, logicalId: string) => Identity;
};

type Resolve = (place: Place, value: unknown) => unknown;
type Intrinsic = (place: Place, argument: unknown) => unknown;

/** Resolves values of any stack of the assembly; imports are looked up over all stacks. */
export function makeResolver(assembly: Assembly): Resolver {
  const known = new Map<string, Identity>();
  const open = new Set<string>();

  const identity = (stack: Stack, logicalId: string): Identity => {
    const seed = `${stack.name}/${logicalId}`;
    const cached = known.get(seed);
    if (cached) return cached;
    const place = { stack, logicalId };
    const resource = stack.resources[logicalId];
    if (!resource) return refuse(place, 'is referred to but is not in the template.', 'Run `npm run synth` again.');
    if (open.has(seed)) return refuse(place, 'its name refers to itself.', 'Break the circle.');
    open.add(seed);
    const name = (property: string) => {
      const given = value(place, resource.Properties?.[property]);
      return typeof given === 'string' ? given : undefined;
    };
    const found = identify(resource.Type, { stack: stack.name, logicalId, name });
    open.delete(seed);
    if (!found)
      return refuse(
        place,
        `${resource.Type} is referred to, and its Ref is not known.`,
        'Add it to local/template/identity.ts.',
      );
    known.set(seed, found);
    return found;
  };

  const text = (place: Place, given: unknown): string => {
    const resolved = value(place, given);
    if (typeof resolved === 'string' || typeof resolved === 'number' || typeof resolved === 'boolean')
      return String(resolved);
    return refuse(place, `a text was expected where ${JSON.stringify(given)} stands.`, learn);
  };

  const list = (place: Place, given: unknown): unknown[] => {
    const resolved = value(place, given);
    return Array.isArray(resolved)
      ? resolved
      : refuse(place, `a list was expected where ${JSON.stringify(given)} stands.`, learn);
  };

  const pseudo = (place: Place): Record<string, unknown> => ({
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': place.stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${place.stack.name}/local`,
    'AWS::NoValue': absent,
  });

  const ref: Intrinsic = (place, argument) => {
    const name = String(argument);
    const pseudos = pseudo(place);
    if (name in pseudos) return pseudos[name];
    const parameter = place.stack.parameters[name];
    if (parameter)
      return (
        parameter.Default ??
        refuse(place, `parameter ${name} has no default.`, 'Give it one: nobody is asked on this machine.')
      );
    return identity(place.stack, name).ref;
  };

  const attribute = (place: Place, logicalId: string, name: string): unknown =>
    identity(place.stack, logicalId).attributes[name] ??
    refuse(place, `attribute ${name} of ${logicalId} is not known.`, 'Add it to local/template/identity.ts.');

  const getAtt: Intrinsic = (place, argument) => {
    const [logicalId = '', ...name] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return attribute(place, logicalId, name.join('.'));
  };

  const sub: Intrinsic = (place, argument) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(template).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return text(place, variables[name]);
      const [logicalId = '', ...rest] = name.split('.');
      return String(rest.length ? attribute(place, logicalId, rest.join('.')) : ref(place, name));
    });
  };

  const importValue: Intrinsic = (place, argument) => {
    const wanted = text(place, argument);
    for (const stack of assembly.stacks)
      for (const [logicalId, output] of Object.entries(stack.outputs))
        if (output.Export && text({ stack, logicalId }, output.Export.Name) === wanted)
          return value({ stack, logicalId }, output.Value);
    return refuse(place, `nothing exports ${wanted}.`, 'Synthesise all stacks together.');
  };

  const stackOutput: Intrinsic = (place, argument) => {
    const { StackName, OutputName } = argument as { StackName: unknown; OutputName: unknown };
    const [name, logicalId] = [text(place, StackName), text(place, OutputName)];
    const stack = assembly.stacks.find((one) => one.name === name);
    const output = stack?.outputs[logicalId];
    if (stack && output) return value({ stack, logicalId }, output.Value);
    return refuse(place, `stack ${name} has no output ${logicalId}.`, 'Synthesise all stacks together.');
  };

  const intrinsics: Record<string, Intrinsic> = {
    Ref: ref,
    'Fn::GetAtt': getAtt,
    'Fn::Sub': sub,
    'Fn::ImportValue': importValue,
    'Fn::GetStackOutput': stackOutput,
    'Fn::Join': (place, argument) => {
      const [separator, parts] = argument as [string, unknown];
      return list(place, parts)
        .map((part) => text(place, part))
        .join(separator);
    },
    'Fn::Split': (place, argument) => {
      const [separator, whole] = argument as [string, unknown];
      return text(place, whole).split(separator);
    },
    'Fn::Select': (place, argument) => {
      const [index, choices] = argument as [unknown, unknown];
      return (
        list(place, choices)[Number(value(place, index))] ?? refuse(place, 'Fn::Select points past its list.', learn)
      );
    },
    'Fn::If': (place, argument) => {
      const [name, yes, no] = argument as [string, unknown, unknown];
      return value(place, condition(place, name) ? yes : no);
    },
    'Fn::Equals': (place, argument) => {
      const [one, other] = argument as [unknown, unknown];
      return text(place, one) === text(place, other);
    },
    'Fn::Not': (place, argument) => !list(place, argument)[0],
    'Fn::And': (place, argument) => list(place, argument).every(Boolean),
    'Fn::Or': (place, argument) => list(place, argument).some(Boolean),
    Condition: (place, argument) => condition(place, String(argument)),
    'Fn::FindInMap': (place, argument) => {
      const [map, first, second] = list(place, argument).map((part) => text(place, part));
      const found = place.stack.mappings[map ?? '']?.[first ?? '']?.[second ?? ''];
      return found ?? refuse(place, `mapping ${map}.${first}.${second} is not in the template.`, learn);
    },
  };

  const condition = (place: Place, name: string): boolean => {
    if (!(name in place.stack.conditions)) return refuse(place, `condition ${name} is not in the template.`, learn);
    return value(place, place.stack.conditions[name]) === true;
  };

  const object = (place: Place, given: Record<string, unknown>): unknown => {
    const [only] = Object.keys(given);
    if (only && Object.keys(given).length === 1) {
      const intrinsic = intrinsics[only];
      // An IAM statement's own `Condition` holds an object; the intrinsic of that name holds the name of a condition.
      if (intrinsic && (only !== 'Condition' || typeof given[only] === 'string')) return intrinsic(place, given[only]);
      if (only.startsWith('Fn::')) return refuse(place, `${only} is not understood by the local cloud.`, learn);
    }
    const entries = Object.entries(given).map(([name, inner]) => [name, value(place, inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== absent));
  };

  const value: Resolve = (place, given) => {
    if (typeof given === 'string') {
      if (given.includes('{{resolve:')) return refuse(place, `dynamic reference ${given} is not understood.`, learn);
      return given;
    }
    if (Array.isArray(given)) return given.map((inner) => value(place, inner)).filter((inner) => inner !== absent);
    if (given && typeof given === 'object') return object(place, given as Record<string, unknown>);
    return given;
  };

  return { value, condition, identity };
}
