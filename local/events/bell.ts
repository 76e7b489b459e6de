// Tells readers of streams that something was written, so that none of them polls in vain or sleeps through news.

/** Longest a reader waits for news, milliseconds. */
const patience = 1000;

export type Bell = {
  readonly ring: () => void;
  /** A reader's ear: settles when it rang since the last time, or after a second, whichever comes first. */
  readonly ear: () => () => Promise<void>;
};

export function makeBell(): Bell {
  const ears = new Set<() => void>();
  return {
    ring: () => {
      for (const hear of ears) hear();
    },
    ear: () => {
      let rang = false;
      let wake: (() => void) | undefined;
      ears.add(() => {
        rang = true;
        wake?.();
      });
      return async () => {
        if (!rang)
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, patience);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        rang = false;
        wake = undefined;
      };
    },
  };
}
