import { expect, test } from "vitest";
import { gathered } from "./gathered";

/** Questions that end when they are told to, each key answered with itself but for "none". */
function held() {
  const begun: { keys: string[]; end: () => void; fail: () => void }[] = [];
  const asking = gathered<string>(
    (keys) =>
      new Promise((resolve, reject) => {
        const known = keys.filter((key) => key !== "none");
        const end = () => resolve(new Map(known.map((key) => [key, `answer to ${key}`])));
        begun.push({ keys, end, fail: () => reject(new Error("no")) });
      }),
  );
  return { begun, asking };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("keys that come during two questions are asked about together, each once, in one that begins after them", async () => {
  const { begun, asking } = held();
  const told = ["a", "b", "c", "none", "c"].map((key) => asking(key));
  expect(begun.map(({ keys }) => keys)).toEqual([["a"], ["b"]]);
  begun[1]?.end();
  await expect(told[1]).resolves.toBe("answer to b");
  await turn();
  expect(begun[2]?.keys).toEqual(["c", "none"]);
  // Whoever comes now must not be given what is being asked already.
  const late = asking("c");
  begun[2]?.end();
  expect(await Promise.all(told.slice(2))).toEqual(["answer to c", undefined, "answer to c"]);
  await turn();
  expect(begun[3]?.keys).toEqual(["c"]);
  begun[3]?.end();
  begun[0]?.end();
  await expect(late).resolves.toBe("answer to c");
  await expect(told[0]).resolves.toBe("answer to a");
});

test("a question that fails is told to those in it, and the next goes on", async () => {
  const { begun, asking } = held();
  const [one, other, waiting] = [asking("a"), asking("b"), asking("c")];
  begun[0]?.fail();
  await expect(one).rejects.toThrow("no");
  await turn();
  begun[2]?.end();
  begun[1]?.end();
  expect(await Promise.all([other, waiting])).toEqual(["answer to b", "answer to c"]);
});
