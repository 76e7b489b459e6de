// The import arrows: lib and functions → core; core never looks back; local reads cdk.out only.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'core-is-alone',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(functions|lib|local|bin|scripts|test|bench|statemachines)/' },
    },
    {
      name: 'core-knows-no-cdk',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs|@aws-lambda-powertools|@middy)' },
    },
    {
      name: 'the-engine-is-pure',
      severity: 'error',
      from: { path: '^core/(script|breakdown|storyboard)/' },
      to: { path: 'node_modules/(@aws-sdk|electrodb)' },
    },
    {
      name: 'platform-knows-no-noun',
      severity: 'error',
      from: { path: '^core/platform/' },
      to: { path: '^core/(?!platform/)' },
    },
    {
      name: 'local-reads-cdk-out-only',
      severity: 'error',
      from: { path: '^local/' },
      to: { path: '^(core|functions|lib|bin|statemachines)/' },
    },
    {
      name: 'functions-speak-to-core',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(lib|local|bin|scripts)/' },
    },
    {
      name: 'lib-points-at-functions-by-table',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(local|functions/(?!capability\\.ts|catalog\\.ts|http/routes))' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
