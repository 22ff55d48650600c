import { afterEach, expect, test, vi } from "vitest";
import { browserStore } from "./browser-store";

afterEach(() => vi.unstubAllGlobals());

const refused = () => {
  throw new Error("SecurityError");
};

test("a browser that refuses the access, or has no room, keeps nothing and nothing fails", () => {
  vi.stubGlobal("window", Object.defineProperty({}, "localStorage", { get: refused }));
  browserStore.setItem("a", "1");
  browserStore.removeItem("a");
  expect(browserStore.getItem("a")).toBeNull();
  vi.stubGlobal("window", { localStorage: { getItem: () => "1", setItem: refused } });
  browserStore.setItem("a", "2");
  expect(browserStore.getItem("a")).toBe("1");
});
