// The progress bar of a task, drawn from what the progress socket says.

const width = 30;

/** Draws one state. On a terminal the line is redrawn; elsewhere each change of ten percent is a line. */
export function progressBar(out: NodeJS.WriteStream = process.stdout) {
  let told = -1;
  return {
    show(percent: number, message: string): void {
      const filled = Math.round((width * percent) / 100);
      const line = `[${'█'.repeat(filled)}${'░'.repeat(width - filled)}] ${String(percent).padStart(3)}%  ${message}`;
      if (out.isTTY) out.write(`\r\x1b[K${line}`);
      else if (Math.floor(percent / 10) > told) out.write(`${line}\n`);
      told = Math.max(told, Math.floor(percent / 10));
    },
    end(): void {
      if (out.isTTY) out.write('\n');
    },
  };
}
