import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listenToBeat, momentOfBeat, noteServerDate, serverTime } from "./now";

const noon = Date.parse("2026-03-01T12:00:00Z");
const hour = 3_600_000;
const tellOf = (moment: number): void => noteServerDate(new Date(moment).toUTCString());

beforeEach(() => {
  vi.useFakeTimers({ now: noon });
  vi.stubGlobal("document", { hidden: false });
});

afterEach(() => {
  tellOf(Date.now());
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a clock that is hours off is put right by an answer, at once wherever the time is shown", () => {
  const heard = vi.fn();
  const stop = listenToBeat(60_000, heard);
  tellOf(noon + 3 * hour);
  expect(serverTime()).toBe(noon + 3 * hour);
  expect(momentOfBeat(60_000)).toBe(noon + 3 * hour);
  expect(heard).toHaveBeenCalledOnce();

  vi.setSystemTime(noon + 3 * hour);
  tellOf(noon + 3 * hour);
  expect(serverTime(), "once it is set right").toBe(noon + 3 * hour);
  stop();
});

test("what an answer takes on its way, and a date that is none, change nothing", () => {
  tellOf(noon - 5000);
  noteServerDate(null);
  noteServerDate("soon");
  expect(serverTime()).toBe(noon);
});
