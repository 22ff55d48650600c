import { expect, test } from "vitest";
import { together } from "./together";

/** Askings that end when they are told to. */
function held() {
  const begun: { key: string; askers: number; end: (answer: string) => void; fail: () => void }[] = [];
  const asking = together<string>(
    (key, askers) =>
      new Promise((resolve, reject) => begun.push({ key, askers, end: resolve, fail: () => reject(new Error("no")) })),
  );
  return { begun, asking };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("those who come during two askings are answered by one that begins after them, each with its place", async () => {
  const { begun, asking } = held();
  const told = [asking("a"), asking("a"), asking("a"), asking("a"), asking("a")];
  expect(begun.map(({ askers }) => askers)).toEqual([1, 1]);
  begun[1]?.end("second");
  await expect(told[1]).resolves.toEqual({ answer: "second", askers: 1, place: 1 });
  await turn();
  expect(begun[2]).toMatchObject({ key: "a", askers: 3 });
  // Whoever comes now must not be given what is being asked already.
  const late = asking("a");
  begun[2]?.end("third");
  expect(await Promise.all(told.slice(2))).toEqual([1, 2, 3].map((place) => ({ answer: "third", askers: 3, place })));
  await turn();
  expect(begun).toHaveLength(4);
  begun[3]?.end("fourth");
  begun[0]?.end("first");
  await expect(late).resolves.toEqual({ answer: "fourth", askers: 1, place: 1 });
  await expect(told[0]).resolves.toMatchObject({ answer: "first" });
});

test("each key is asked for itself", async () => {
  const { begun, asking } = held();
  const told = [asking("a"), asking("b"), asking("a"), asking("b")];
  expect(begun.map(({ key }) => key)).toEqual(["a", "b", "a", "b"]);
  for (const { key, end } of begun) end(key);
  expect((await Promise.all(told)).map(({ answer }) => answer)).toEqual(["a", "b", "a", "b"]);
});

test("an asking that fails is told to those who waited for it, and the next is asked anew", async () => {
  const { begun, asking } = held();
  const told = [asking("a"), asking("a"), asking("a"), asking("a")];
  const all = Promise.allSettled(told);
  begun[0]?.end("first");
  await told[0];
  await turn();
  begun[2]?.fail();
  begun[1]?.end("second");
  expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
  const again = asking("a");
  begun[3]?.end("fourth");
  await expect(again).resolves.toMatchObject({ answer: "fourth" });
});
