import { expect, test } from "vitest";
import { z } from "zod";
import { checkedBy, jsonOf, lasting } from "./lasting";

const shape = z.object({ name: z.string() });

test("a lasting answer is checked and written once, and loses what its shape does not know", () => {
  const answer = lasting({ name: "a", secret: "b" });
  const checked = checkedBy(shape, answer);
  expect(new TextDecoder().decode(jsonOf(checked) as Uint8Array)).toBe('{"name":"a"}');
  expect(jsonOf(checked)).toBe(jsonOf(checked));
  expect(checkedBy(shape, answer)).toBe(checked);
});

test("a lasting answer that does not fit its shape is refused each time", () => {
  const answer = lasting({ name: 1 });
  expect(() => checkedBy(shape, answer)).toThrow();
  expect(() => checkedBy(shape, answer)).toThrow();
});

test("any other answer is checked and written anew", () => {
  const answer = { name: "a" };
  checkedBy(shape, answer);
  answer.name = "b";
  expect(jsonOf(checkedBy(shape, answer))).toBe('{"name":"b"}');
});
