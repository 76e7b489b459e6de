// A tenant whose models write: every request is answered as the plain writer would, unless a test says otherwise.
import { ProviderFailure } from '../../core/ai/provider-failure.ts';
import type { FailureKind, TextAnswer, TextProvider, TextRequest, TokenUsage } from '../../core/ai/schema.ts';
import { getBlob } from '../../core/platform/blob.ts';
import * as Project from '../../core/project/index.ts';
import { loadRevision } from '../../core/revision/store.ts';
import { plainReply } from '../../scripts/models/plain.ts';
import { aStage, type Stage, used } from '../ai/stage.ts';

/** What the model does with a request: its words; words and then a failure; words and then silence until it is stopped. */
export type Play =
  | string
  | { readonly text: string; readonly usage: TokenUsage }
  | { readonly text: string; readonly fails: FailureKind }
  | { readonly text: string; readonly stalls: true };
export type Playing = (request: TextRequest) => Play | undefined;

export type Studio = Stage & {
  /** Answers `undefined` are the plain writer's. */
  play: (playing: Playing) => void;
  readonly asked: TextRequest[];
  project: () => Promise<string>;
  /** The bytes of a revision. */
  bytesOf: (script: string, revision: number) => Promise<Uint8Array>;
};

const usageOf = (play: Play): TokenUsage => (typeof play !== 'string' && 'usage' in play ? play.usage : used);

/** What the plain writer says. */
export function plainly({ system, messages, schema }: TextRequest): string {
  const asked = { provider: 'deepseek', model: 'm', streamed: true, method: 'text', body: {}, system, messages };
  const said = plainReply({ ...asked, schema: schema?.jsonSchema } as Parameters<typeof plainReply>[0]);
  return typeof said === 'string' ? said : JSON.stringify(said);
}

export async function aStudio(): Promise<Studio> {
  const stage = await aStage();
  const asked: TextRequest[] = [];
  let playing: Playing = () => undefined;
  const playOf = (request: TextRequest): Play => {
    asked.push(request);
    return playing(request) ?? plainly(request);
  };
  const provider: TextProvider = {
    id: 'deepseek',
    text: async (request) => {
      const play = playOf(request);
      if (typeof play !== 'string' && 'fails' in play)
        throw new ProviderFailure({ kind: play.fails, provider: 'deepseek' });
      return { text: typeof play === 'string' ? play : play.text, finish: 'stop', usage: usageOf(play) };
    },
    async *stream(request, _, { signal }): AsyncGenerator<string, TextAnswer> {
      const play = playOf(request);
      const text = typeof play === 'string' ? play : play.text;
      for (let at = 0; at < text.length; at += 11) yield text.slice(at, at + 11);
      if (typeof play === 'string' || 'usage' in play) return { text, finish: 'stop', usage: usageOf(play) };
      if ('fails' in play) throw new ProviderFailure({ kind: play.fails, provider: 'deepseek' });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw signal.reason as Error;
    },
  };
  Object.assign(stage.ctx.ai, { provider: () => provider });
  let projects = 0;
  return {
    ...stage,
    asked,
    play: (next) => {
      playing = next;
      asked.length = 0;
    },
    project: async () => (await Project.create(stage.ctx, { title: `剧 ${++projects}` })).id,
    bytesOf: async (script, revision) => {
      const { sourceKey } = await loadRevision(stage.ctx, script, revision);
      return (await getBlob(stage.ctx, sourceKey)) ?? new Uint8Array();
    },
  };
}

/** Number of the episode that a request asks for; 0 for an outline. */
export const episodeOf = ({ messages }: TextRequest): number =>
  Number(/\n\nEpisode: (\d+) /.exec(messages[0]?.text ?? '')?.[1] ?? 0);
