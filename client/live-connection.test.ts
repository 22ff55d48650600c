import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveConnection } from "./live-connection";

const open = new Set<string>();
const sources: Source[] = [];

class Source {
  static readonly CLOSED = 2;
  readyState = 1;
  onopen: (() => void) | undefined;
  onerror: (() => void) | undefined;
  constructor(readonly url: string) {
    open.add(url);
    sources.push(this);
  }
  refuse(): void {
    this.readyState = Source.CLOSED;
    this.onerror?.();
  }
  close(): void {
    open.delete(this.url);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
});

afterEach(() => {
  open.clear();
  sources.length = 0;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a paused connection listens to nothing, also to what is asked for meanwhile, and goes on with all of it", () => {
  const connection = new LiveConnection(() => undefined);
  connection.follow(["fleet"]);
  vi.runAllTimers();
  expect([...open]).toEqual(["/api/tenancy/stream?topics=fleet"]);
  expect(connection.resume(), "there was no pause").toBe(false);

  connection.pause();
  connection.follow(["tenants"]);
  vi.runAllTimers();
  expect([...open]).toEqual([]);

  expect(connection.resume()).toBe(true);
  vi.runAllTimers();
  expect([...open]).toEqual(["/api/tenancy/stream?topics=fleet%2Ctenants"]);
});

test("why a stream is refused is asked, told in the server's words, and it is tried again when the server says", async () => {
  const detail = "Your session has 20 live streams open, the limit. Close one first.";
  const asked = vi.fn(async () => Response.json({ code: "limit", detail, retryAfter: 30 }, { status: 429 }));
  vi.stubGlobal("fetch", asked);
  const connection = new LiveConnection(() => undefined);
  connection.follow(["fleet"]);
  vi.runAllTimers();
  sources[0]?.refuse();
  await vi.advanceTimersByTimeAsync(29_000);
  expect(asked).toHaveBeenCalledExactlyOnceWith("/api/tenancy/stream?topics=fleet", expect.anything());
  expect(connection.getState()).toMatchObject({ phase: "lost", refusal: detail });
  expect([...open]).toEqual([]);

  await vi.advanceTimersByTimeAsync(1000);
  expect([...open]).toEqual(["/api/tenancy/stream?topics=fleet"]);
  sources[1]?.onopen?.();
  expect(connection.getState()).toMatchObject({ phase: "open", refusal: null });
});

test.each([
  ["a server that can't be reached", () => Promise.reject(new TypeError("failed"))],
  ["an error that passes", async () => Response.json({ code: "unavailable" }, { status: 503 })],
  ["a stream that would be opened by now", async () => new Response("")],
])("after %s it is tried again soon, without a word", async (_, answer) => {
  vi.stubGlobal("fetch", answer);
  const connection = new LiveConnection(() => undefined);
  connection.follow(["fleet"]);
  vi.runAllTimers();
  sources[0]?.refuse();
  await vi.advanceTimersByTimeAsync(2900);
  expect([...open]).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect([...open]).toEqual(["/api/tenancy/stream?topics=fleet"]);
  expect(connection.getState().refusal).toBeNull();
});
