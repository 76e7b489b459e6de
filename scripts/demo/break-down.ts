// Project, upload over the presigned address, breakdown: what a client does, for each file.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { api } from '../../web/src/data/api.ts';
import { Refusal } from '../../web/src/data/call.ts';
import { allPages } from '../../web/src/data/pages.ts';
import { progressBar } from './bar.ts';
import { contentTypeOf } from './content-type.ts';
import type { DemoOptions } from './options.ts';
import { told } from './told.ts';
import { watch } from './watch.ts';

type Api = ReturnType<typeof api>;

/**
 * Breaks down every file into the project of this title (found or made). Answers the project's id and, of the files that failed,
 * `name: why`; the others go on.
 */
export async function breakDown(
  client: Api,
  socketUrl: string,
  { files, title }: Pick<DemoOptions, 'files' | 'title'>,
): Promise<{ project: string; failed: string[] }> {
  const project = await projectCalled(client, title);
  const failed: string[] = [];
  for (const file of files)
    try {
      await breakDownFile(client, socketUrl, project, file);
    } catch (error) {
      const line = `${basename(file)}: ${told(error)}`;
      console.error(line);
      failed.push(line);
    }
  return { project, failed };
}

async function projectCalled(client: Api, title: string): Promise<string> {
  const { items } = await client.projectList({ search: title });
  const known = items.find((project) => project.title === title && project.status === 'active');
  if (known) return known.id;
  // short dramas are upright
  const { id } = await client.projectCreate({ title, image_size: '1080x1920' });
  return id;
}

async function breakDownFile(client: Api, socketUrl: string, project: string, file: string): Promise<void> {
  const script = await scriptOf(client, project, file);
  const started = await start(client, project, script);
  console.log(`《${basename(file)}》 任务 task ${started}`);
  const bar = progressBar();
  const task = await watch(client, socketUrl, started, ({ progress, message }) => bar.show(progress, message));
  bar.end();
  if (task.status !== 'completed') throw new Error(failureText(task));
  await warn(client, script);
  if (!task.result || !('cached' in task.result)) return;
  const { cached, episodes } = task.result;
  const reused = cached.extract + cached.storyboard;
  if (reused > 0)
    console.log(
      `缓存命中 · from the cache: ${reused} of ${2 * episodes} steps (extract ${cached.extract}, storyboard ${cached.storyboard})`,
    );
}

/** Starts the work, or joins what a run that was cut off left under way. */
async function start(client: Api, project: string, script: string): Promise<string> {
  try {
    return (await client.taskParseScript({ project_id: project, script_id: script, rerun: true, provider: 'builtin' }))
      .task_id;
  } catch (error) {
    const running = error instanceof Refusal && error.code === 'ALREADY_RUNNING' ? error.details.task_id : undefined;
    if (typeof running !== 'string') throw error;
    console.log('上次的任务仍在进行 · going on with the work of the last run');
    return running;
  }
}

/** What the reader was not sure of, so that a person can look there. */
async function warn(client: Api, script: string): Promise<void> {
  const { newest } = await client.scriptGet({ id: script });
  const { warnings } = newest;
  for (const { message, line } of warnings.slice(0, 5))
    console.log(`  注意 · note${line === undefined ? '' : `, line ${line}`}: ${message}`);
  if (warnings.length > 5) console.log(`  … ${warnings.length - 5} more`);
}

type Failed = {
  status: string;
  error_code: string | null;
  error_message: string | null;
  failed: { episode: number; step: string; message: string }[];
};

function failureText({ status, error_code, error_message, failed }: Failed): string {
  const parts = failed.map(
    ({ episode, step, message }) => `  第 ${episode} 集 · episode ${episode}, ${step}: ${message}`,
  );
  const why = told(new Refusal(0, error_code ?? '', error_message ?? ''));
  return [`任务结束于 · the task ended in ${status}: ${error_code ?? ''} ${why}`, ...parts].join('\n');
}

/** The file's script in the project, found by the name of the file; other bytes than its newest revision has are a new one. */
async function scriptOf(client: Api, project: string, file: string): Promise<string> {
  const bytes = await readFile(file);
  const name = basename(file);
  const scripts = await allPages((cursor) => client.scriptList({ project_id: project, size: 100, cursor }));
  for (const { id } of scripts) {
    const { newest } = await client.scriptGet({ id });
    if (newest.file_name !== name) continue;
    const kept = newest.file_id === null ? null : (await client.fileUrl({ file_id: newest.file_id })).sha256;
    if (kept === createHash('sha256').update(bytes).digest('hex')) return id;
    const revision = await client.scriptRevise({ id, file_id: await upload(client, project, name, bytes) });
    return revision.script_id;
  }
  const { id } = await client.scriptCreate({
    project_id: project,
    file_id: await upload(client, project, name, bytes),
  });
  return id;
}

async function upload(client: Api, project: string, name: string, bytes: Buffer): Promise<string> {
  const ticket = await client.fileUpload({
    file_name: name,
    file_type: 'script',
    file_size: bytes.length,
    project_id: project,
    content_type: contentTypeOf(name),
  });
  const put = await fetch(ticket.upload_url, {
    method: 'PUT',
    headers: ticket.upload_headers as Record<string, string>,
    body: new Uint8Array(bytes),
  });
  if (!put.ok)
    throw new Refusal(
      put.status,
      'UPLOAD_REFUSED',
      `The upload of ${name} was refused: ${(await put.text()).slice(0, 300)}`,
    );
  await client.fileCallback({ file_id: ticket.file_id, upload_status: 'success', actual_size: bytes.length });
  return ticket.file_id;
}
