/** Things that wait for their times, the earliest first: a heap, so that adding and taking are light however many wait. */
export class Queue<T> {
  private readonly waiting: { time: number; thing: T }[] = [];

  add(time: number, thing: T): void {
    const { waiting } = this;
    let index = waiting.length;
    const added = { time, thing };
    waiting.push(added);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = waiting[parent];
      if (!above || above.time <= time) break;
      waiting[index] = above;
      index = parent;
    }
    waiting[index] = added;
  }

  /** Takes out what is of an earlier time, in order; also what is added meanwhile. */
  *before(time: number): Generator<T> {
    for (let first = this.waiting[0]; first && first.time < time; first = this.waiting[0]) {
      this.removeFirst();
      yield first.thing;
    }
  }

  private removeFirst(): void {
    const { waiting } = this;
    const last = waiting.pop();
    if (!last || waiting.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child =
        (waiting[left + 1]?.time ?? Number.POSITIVE_INFINITY) < (waiting[left]?.time ?? 0) ? left + 1 : left;
      const below = waiting[child];
      if (!below || below.time >= last.time) break;
      waiting[index] = below;
      index = child;
    }
    waiting[index] = last;
  }
}
