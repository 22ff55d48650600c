import { expect, test } from "vitest";
import { loadOrder } from "./export-order";

const refer = (...pairs: [number, number][]) => pairs.map(([from, to]) => ({ from, to }));

test("what is referred to stands before what refers to it", () => {
  expect(loadOrder([1, 2, 3], refer([1, 2], [2, 3]))).toEqual([[3], [2], [1]]);
  expect(loadOrder([1, 2, 3], [])).toEqual([[1], [2], [3]]);
});

test("a table may refer to itself, and to one that is not there", () => {
  expect(loadOrder([1, 2], refer([1, 1], [2, 9], [2, 1]))).toEqual([[1], [2]]);
});

test("a cycle is a group, after what it needs and before what needs it", () => {
  const order = loadOrder([1, 2, 3, 4], refer([1, 2], [2, 3], [3, 2], [3, 4]));
  expect(order.map((group) => group.toSorted())).toEqual([[4], [2, 3], [1]]);
});
