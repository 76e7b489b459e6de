// `npm run api`: writes the API description, the typed client and the permission table from the routes. `--check` fails when they have drifted.
import { readFileSync, writeFileSync } from 'node:fs';

const usage =
  'Usage: npm run api [-- --check]. Writes the API description, the typed client and the permission table; --check says which have drifted.';
const [unknown] = process.argv.slice(2).filter((arg) => arg !== '--check');
if (unknown === '--help' || unknown === '-h') {
  console.log(usage);
  process.exit(0);
}
if (unknown) {
  console.error(`${unknown} is not understood. ${usage}`);
  process.exit(1);
}

const { clientSource } = await import('../functions/http/openapi/client.ts');
const { openApi } = await import('../functions/http/openapi/document.ts');
const { permissionsDocument } = await import('../functions/http/openapi/permissions.ts');
const { routes } = await import('../functions/http/routes.ts');
const description = openApi(routes, '1.0.0');
const files: [path: string, text: string][] = [
  ['functions/http/openapi/openapi.json', `${JSON.stringify(description, null, 1)}\n`],
  ['web/src/data/api.ts', clientSource(description)],
  ['docs/permissions.md', permissionsDocument(routes)],
];

const drifted = files.filter(([path, text]) => readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== text);
if (!process.argv.includes('--check')) for (const [path, text] of drifted) writeFileSync(path, text);
else if (drifted.length > 0) {
  console.error(`${drifted.map(([path]) => path).join(', ')} differ from the routes; run \`npm run api\`.`);
  process.exitCode = 1;
}
