// A text written piece by piece, as whoever writes asks for it.
import type { StreamCall } from '../../../core/ai/call.ts';
import { stream } from '../../../core/ai/stream.ts';
import { Failure } from '../../../core/platform/failure.ts';
import type { Stand } from './stand.ts';
import type { Ended, Step, Work } from './step.ts';

const text = '灯塔亮了。';

export const writeStep: Step = {
  name: 'write',
  isObject: false,
  endures: [],
  isAsked: ({ streamed }) => streamed,
  spoiled: (answer) => answer,
  begin,
};

async function begin({ ctx, s }: Stand): Promise<Work> {
  const task = await s.aTask();
  const ended = async (): Promise<Ended> => {
    const heard: string[] = [];
    const call: StreamCall = {
      use: 'write',
      project: 'prj_1',
      task,
      maxOutputTokens: 2000,
      prompt: { name: 'outline', version: '1', system: '', messages: [{ role: 'user', text: '写一个灯塔的故事' }] },
      onPiece: (piece) => void heard.push(piece),
    };
    try {
      const { text: whole } = await stream(ctx, call);
      const silent = whole.includes(text) && heard.join('') === whole ? [] : [`"${whole}" was written`];
      return { status: 'completed', task, failed: [], drafts: [], silent };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { status: 'failed', task, failed: [error.code], drafts: [], silent: [] };
    }
  };
  return { run: ended, retry: ended };
}
