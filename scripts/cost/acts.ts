// What a person does, as a client does it: joining, breaking down a season, redoing an episode, a working session.
import type { Cloud } from '../../local/cloud.ts';
import { api } from '../../web/src/data/api.ts';
import { caller } from '../../web/src/data/call.ts';
import { breakDown } from '../demo/break-down.ts';
import { watch } from '../demo/watch.ts';

export type Act = 'join' | 'season' | 'episode' | 'session';

const person = { email: 'writer@example.com', password: 'Lantern-2026!', name: 'writer', tenant_name: 'studio' };
/** A short drama of twenty episodes. */
const script = 'demo/zh_jindenglu.txt';
const title = '锦灯记';
/** Shots a person changes in a session. */
const edits = 10;

/** The acts in the order in which one needs the other. Each throws what the API refuses. */
export function acts({ apiUrl, socketUrl }: Cloud): [Act, () => Promise<void>][] {
  const open = api(caller({ origin: apiUrl }));
  let access = '';
  const client = api(caller({ origin: apiUrl, token: () => access }));
  let project = '';

  const join = async (): Promise<void> => {
    const { token } = await open.memberRegister(person);
    if (!token) throw new Error('The dev stage answers a token at once.');
    access = token.access;
  };

  const season = async (): Promise<void> => {
    const broken = await breakDown(client, socketUrl, { files: [script], title });
    if (broken.failed.length > 0) throw new Error(broken.failed.join('\n'));
    project = broken.project;
  };

  const episode = async (): Promise<void> => {
    const { items } = await client.episodeList({ project_id: project });
    const chosen = items[0];
    if (!chosen) throw new Error('The season has no episode.');
    const { task_id } = await client.taskGenerateShots({ project_id: project, episode_id: chosen.id, rerun: true });
    const { status } = await watch(client, socketUrl, task_id, () => {});
    if (status !== 'completed') throw new Error(`The episode ended ${status}.`);
  };

  const session = async (): Promise<void> => {
    const { token } = await open.memberLogin(person);
    if (!token) throw new Error('Signing in answered no token.');
    access = token.access;
    await client.projectList({});
    await client.projectGet({ id: project });
    const { items: episodes } = await client.episodeList({ project_id: project });
    const { items: assets } = await client.assetList({ project_id: project });
    for (const { id } of assets.slice(0, 5)) await client.assetGet({ id });
    const board = await client.storyboardOfEpisode({ id: episodes[0]?.id ?? '' });
    const { items: shots } = await client.storyboardShots({ id: board.id });
    for (const { id, version } of shots.slice(0, edits))
      await client.shotUpdate({ id, version, content: { title: '改过' } });
    await client.storyboardCoverage({ id: board.id });
    await client.storyboardExport({ id: board.id, format: 'csv' });
    await client.memberLogout({});
  };

  return [
    ['join', join],
    ['season', season],
    ['episode', episode],
    ['session', session],
  ];
}
