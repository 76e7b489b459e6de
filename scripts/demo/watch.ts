// Waiting for a task over the progress socket; what was missed is asked for by sequence, and the row has the last word.
import type { api } from '../../web/src/data/api.ts';

type Api = ReturnType<typeof api>;
export type Seen = { status: string; progress: number; message: string; seq: number };

const over = (status: string) => status !== 'pending' && status !== 'running';

/** Resolves with the task once it has ended. `show` is told every state. */
export async function watch(client: Api, socketUrl: string, id: string, show: (seen: Seen) => void) {
  for (let seq = 0; ; ) {
    const { ticket } = await client.socketOpenTicket();
    seq = await listen(`${socketUrl}?ticket=${ticket}`, id, seq, show);
    const task = await client.taskGet({ id });
    show(task);
    if (over(task.status)) return task;
  }
}

/** Listens until the task ends or the socket closes or is silent for long; answers the last sequence seen. */
function listen(url: string, id: string, after: number, show: (seen: Seen) => void): Promise<number> {
  return new Promise((resolve) => {
    let seq = after;
    const socket = new WebSocket(url);
    const leave = () => {
      clearTimeout(silence);
      socket.close();
      resolve(seq);
    };
    let silence = setTimeout(leave, 5_000);
    socket.onopen = () => socket.send(JSON.stringify({ action: 'resume', task_id: id, after }));
    socket.onmessage = ({ data }) => {
      clearTimeout(silence);
      silence = setTimeout(leave, 5_000);
      const { task } = JSON.parse(String(data)) as { task?: Seen & { id: string } };
      if (task?.id !== id || task.seq <= seq) return;
      seq = task.seq;
      show(task);
      if (over(task.status)) leave();
    };
    socket.onerror = leave;
    socket.onclose = leave;
  });
}
