import { expect, test } from "vitest";
import { places, wordsAt } from "./history-marks";

const moment = (at: number) => ({ at, label: `at ${at}`, kind: "other" });

test("a moment at the very end is drawn within the plot, and several on one pixel are one line", () => {
  const of = (at: number) => 60 + at / 10;
  expect([...places([0, 101, 102, 995, 1000].map(moment), of, 60, 160)]).toEqual([60.5, 70.5, 159.5]);
  expect([...places([-200, 1200].map(moment), of, 60, 160)]).toEqual([]);
});

test("what happened after the newest value is said with it, not with the others", () => {
  const points: [number, number][] = [
    [0, 1],
    [100, 2],
  ];
  const drawn = {
    annotations: [moment(40), moment(180)],
    marks: [],
    series: [{ key: "a", label: "A", color: "--s-blue" as const, points }],
  };
  const said = (time: number) => wordsAt(time, 50, drawn).happened.map(({ at }) => at);
  expect(said(0)).toEqual([40]);
  expect(said(100)).toEqual([180]);
});
