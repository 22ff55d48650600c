/** What somebody is told who asked together with others: the answer, how many asked, and the place among them, from 1. */
export type Told<T> = { answer: T; askers: number; place: number };

type Line<T> = { going: number; waiting: ((told: Promise<Told<T>>) => void)[] };

/** Askings of one key at once: while one hangs, the other goes on. */
const most = 2;

/**
 * Asks once for all who want to know the same: while a key is being asked about, those who come wait for the next asking,
 * which is told how many they are. It begins only after they came, so nobody is answered from before the question.
 */
export function together<T>(ask: (key: string, askers: number) => Promise<T>): (key: string) => Promise<Told<T>> {
  const lines = new Map<string, Line<T>>();

  const begin = (key: string, line: Line<T>, askers: number): Promise<T> => {
    line.going++;
    return ask(key, askers).finally(() => {
      line.going--;
      const waiting = line.waiting.splice(0);
      if (waiting.length > 0) {
        const next = begin(key, line, waiting.length);
        for (const [index, tell] of waiting.entries()) tell(told(next, waiting.length, index + 1));
      } else if (line.going === 0) lines.delete(key);
    });
  };

  return (key) => {
    const line = lines.get(key) ?? { going: 0, waiting: [] };
    lines.set(key, line);
    if (line.going < most) return told(begin(key, line, 1), 1, 1);
    return new Promise((tell) => line.waiting.push(tell));
  };
}

async function told<T>(asked: Promise<T>, askers: number, place: number): Promise<Told<T>> {
  return { answer: await asked, askers, place };
}
