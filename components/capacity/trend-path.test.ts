import { expect, test } from "vitest";
import { pathsOf } from "./trend-path";

test("a gap in what is known is a gap in the line", () => {
  const { line, area } = pathsOf(
    [
      [0, 0],
      [10, 5],
      [20, null],
      [30, 10],
      [40, 10],
    ],
    { from: 0, to: 40, top: 10 },
    { width: 40, height: 10 },
  );
  expect(line).toBe("M0.0,10.0L10.0,5.0M30.0,0.0L40.0,0.0");
  expect(area).toBe("M0.0,10.0L10.0,5.0L10.0,10L0.0,10ZM30.0,0.0L40.0,0.0L40.0,10L30.0,10Z");
});

test("nothing known draws nothing", () => {
  expect(pathsOf([[0, null]], { from: 0, to: 1, top: 1 }, { width: 1, height: 1 })).toEqual({ line: "", area: "" });
});
