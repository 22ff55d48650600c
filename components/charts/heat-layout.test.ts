import { expect, test } from "vitest";
import { axisHeight, cellAt, heatLayout, moved, rowHeight } from "./heat-layout";

test("cells fill the frame, and where there is no room the map is wider than it", () => {
  expect(heatLayout(10, 100, 1000)).toEqual({ width: 1000, cell: 10, height: axisHeight + 10 * rowHeight });
  expect(heatLayout(10, 200, 250).width).toBe(1000);
});

test("a point is in a cell, or beside all of them", () => {
  const layout = heatLayout(3, 10, 100);
  expect(cellAt(layout, 25, axisHeight + rowHeight + 1, 3, 10)).toEqual({ row: 1, column: 2 });
  expect(cellAt(layout, 25, axisHeight - 1, 3, 10)).toBeNull();
  expect(cellAt(layout, 101, axisHeight + 1, 3, 10)).toBeNull();
  expect(cellAt(layout, 5, axisHeight + 3 * rowHeight, 3, 10)).toBeNull();
});

test("keys move the cursor and never lead out of the map", () => {
  expect(moved(null, "ArrowDown", 3, 10)).toEqual({ row: 0, column: 9 });
  expect(moved({ row: 0, column: 9 }, "ArrowRight", 3, 10)).toEqual({ row: 0, column: 9 });
  expect(moved({ row: 1, column: 4 }, "PageDown", 3, 10)).toEqual({ row: 2, column: 4 });
  expect(moved({ row: 1, column: 4 }, "Home", 3, 10)).toEqual({ row: 1, column: 0 });
  expect(moved({ row: 1, column: 4 }, "Enter", 3, 10)).toBeNull();
});
