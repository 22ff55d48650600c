import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveConnection } from "./live-connection";

const open = new Set<string>();

class Source {
  static readonly CLOSED = 2;
  readyState = 1;
  constructor(readonly url: string) {
    open.add(url);
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
