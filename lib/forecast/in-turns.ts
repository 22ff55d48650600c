/** Does what takes milliseconds each for many, one after the other: whoever else waits has a turn after each. */
export async function inTurns<One, Done>(all: readonly One[], make: (one: One) => Done): Promise<Done[]> {
  const done: Done[] = [];
  for (const one of all) {
    done.push(make(one));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return done;
}
