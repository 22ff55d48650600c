import { type Actor, scopeOf } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { seeTenant } from "@/lib/tenants/find";
import { liveHub, subscribe } from "./live";
import { interestOf, type LiveEvent } from "./live-event";

export type StreamOptions = {
  topics: string[];
  lastEventId: string | null;
  /** The stream shows what this actor may know, and ends when its session or key does. */
  actor: Actor;
  /** From where it is asked for; it ends when a new IP rule keeps this address out. */
  ipAddress: string | null;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
  clock: Clock;
};

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform also keeps Next from compressing, which would hold events back; the last is for nginx.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** Milliseconds after which a browser that lost the stream asks again. */
const retry = 2000;

/** Milliseconds of silence after which a comment is sent, so that nothing between takes the stream for dead. */
const heartbeat = 15_000;

/** The live stream as server-sent events (WHATWG HTML, section 9.2). An unknown tenant is a 404 before it begins. */
export async function openStream(options: StreamOptions): Promise<Response> {
  const scope = scopeOf(options.actor);
  for (const id of interestOf(options.topics, scope).ids)
    await seeTenant({ db: controlDb(), actor: options.actor }, id);
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const end = () => stop.abort();
  const unwatch = liveHub(options.clock).holders.watch(options.actor, options.ipAddress, end);
  signal.addEventListener("abort", unwatch, { once: true });
  // A client may have gone before this: then nothing tells of it any more, and its place would stay taken.
  if (signal.aborted) unwatch();
  try {
    const events = subscribe({ ...options, scope, signal });
    const first = await events.next();
    return new Response(body(events, first, signal, end), { headers });
  } catch (error) {
    end();
    throw error;
  }
}

function body(
  events: AsyncGenerator<LiveEvent>,
  first: IteratorResult<LiveEvent>,
  signal: AbortSignal,
  end: () => void,
): ReadableStream<Uint8Array> {
  let next: Promise<IteratorResult<LiveEvent>> | undefined;
  let open = true;
  const close = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (open) controller.close();
    open = false;
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encode(`retry: ${retry}\n\n`));
        if (!first.done) controller.enqueue(frame(first.value));
        const finish = () => {
          void events.return(undefined);
          // Nothing is being waited for while the reader is slow: it would never hear of the end.
          if (!next) close(controller);
        };
        signal.addEventListener("abort", finish, { once: true });
        if (signal.aborted) finish();
      },
      // Asked for only when the reader has room: a slow reader's events wait in its mailbox, and become few there.
      async pull(controller) {
        next ??= events.next();
        const event = await withinHeartbeat(next);
        if (event) next = undefined;
        if (!event) controller.enqueue(encode(": still here\n\n"));
        else if (event.done) close(controller);
        else controller.enqueue(frame(event.value));
      },
      cancel() {
        open = false;
        end();
      },
    },
    { highWaterMark: 4 },
  );
}

async function withinHeartbeat<T>(event: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), heartbeat);
  });
  return await Promise.race([event, silence]).finally(() => clearTimeout(timer));
}

const encoder = new TextEncoder();
const encode = (text: string) => encoder.encode(text);

const frames = new WeakMap<LiveEvent, Uint8Array>();

/** An event as bytes, made once however many clients get it. */
function frame(event: LiveEvent): Uint8Array {
  const known = frames.get(event);
  if (known) return known;
  const made = encode(`${event.id ? `id: ${event.id}\n` : ""}data: ${JSON.stringify(event.data)}\n\n`);
  frames.set(event, made);
  return made;
}
