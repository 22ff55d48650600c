/** Questions at once: while one hangs, the other goes on. */
const most = 2;

type Answers<T> = ReadonlyMap<string, T>;
type Next<T> = { keys: Set<string>; answers: Promise<Answers<T>>; begin: () => void };

/**
 * Asks about many keys by one question: those that come while two are under way wait for the next, which begins only after
 * they came and is about all of them, so nobody is answered from before. With nobody before it, a key is asked about at
 * once and alone. What has no answer is undefined. A question that fails does so for all its keys: they have to be of the
 * right form.
 */
export function gathered<T>(ask: (keys: string[]) => Promise<Answers<T>>): (key: string) => Promise<T | undefined> {
  let going = 0;
  let next: Next<T> | undefined;

  const begin = (keys: string[]): Promise<Answers<T>> => {
    going++;
    return ask(keys).finally(() => {
      going--;
      const waiting = next;
      next = undefined;
      waiting?.begin();
    });
  };

  const made = (): Next<T> => {
    const keys = new Set<string>();
    let start = () => {};
    const answers = new Promise<Answers<T>>((resolve) => {
      start = () => resolve(begin([...keys]));
    });
    return { keys, answers, begin: () => start() };
  };

  return async (key) => {
    if (going < most) return (await begin([key])).get(key);
    next ??= made();
    next.keys.add(key);
    return (await next.answers).get(key);
  };
}
