import { expect, test } from "vitest";
import { shortcutReader } from "./shortcut-keys";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
});

test("g and a letter go to a place, in time", () => {
  const read = shortcutReader();
  expect(read(press("g"), 0)).toBeNull();
  expect(read(press("t"), 900)).toEqual({ kind: "go", key: "t" });
  read(press("g"), 1000);
  expect(read(press("t"), 3000)).toBeNull();
});

test("after g, n is a place and no new tenant; alone it is one", () => {
  const read = shortcutReader();
  read(press("g"), 0);
  expect(read(press("n"), 10)).toEqual({ kind: "go", key: "n" });
  expect(read(press("n"), 20)).toEqual({ kind: "new" });
  expect([read(press("/"), 30), read(press("?"), 40)]).toEqual([{ kind: "search" }, { kind: "help" }]);
});

test("keys that are held with another one belong to the browser", () => {
  const read = shortcutReader();
  expect(read(press("n", { ctrlKey: true }), 0)).toBeNull();
  expect(read(press("/", { metaKey: true }), 1)).toBeNull();
  read(press("g", { altKey: true }), 2);
  expect(read(press("t"), 3)).toBeNull();
});
