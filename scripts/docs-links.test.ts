import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  anchorsOf,
  countWords,
  documents,
  fencesOf,
  generatedDocuments,
  headingsOf,
  linksOf,
  mainDocuments,
  proseOf,
  textOf,
} from "./testing-docs";

const map = "docs/README.md";
const wordsAMinute = 240;

describe.each(documents)("%s", (file) => {
  test("has links that lead somewhere, and pictures with words", () => {
    for (const { words, target, anchor, picture } of linksOf(file)) {
      expect(existsSync(target), `${words} leads to ${target}`).toBe(true);
      if (picture) expect(words.length, `the picture ${target} has no words`).toBeGreaterThan(3);
      if (anchor !== undefined) expect([...anchorsOf(target)], `${words} leads to ${target}`).toContain(anchor);
    }
  });

  test("begins with its one title, and its headings leave out no level", () => {
    const [first, ...rest] = headingsOf(file).map(({ level }) => level);
    expect(first).toBe(1);
    let above = 1;
    for (const level of rest) {
      expect(level).toBeGreaterThan(1);
      expect(level).toBeLessThanOrEqual(above + 1);
      above = level;
    }
  });

  test("has code blocks that end", () => {
    const marks = textOf(file).match(/^ *```/gm)?.length ?? 0;
    expect(fencesOf(file)).toHaveLength(marks / 2);
    // Code that is only indented would be found by none of the tests that try examples.
    expect(proseOf(file)).not.toMatch(/^\n {4}(?![-*\d])\S/m);
  });
});

test("every document is reached from the map", () => {
  const reached = new Set(linksOf(map).map(({ target }) => target));
  expect(documents.filter((file) => file !== map && !reached.has(file))).toEqual([]);
});

/** Minutes that the map tells of a document, by its file. */
function minutesTold(): Map<string, number> {
  const rows = textOf(map).matchAll(/^\| \[[^\]]+\]\(([^)]+)\) \| (\d+) \|/gm);
  return new Map(
    [...rows].map(([, to = "", minutes]) => [to === "../README.md" ? "README.md" : `docs/${to}`, Number(minutes)]),
  );
}

test("the map tells how long each document takes", () => {
  const told = minutesTold();
  for (const [file, minutes] of told) {
    const takes = countWords(textOf(file)) / wordsAMinute;
    expect(Math.abs(minutes - takes), `${file} takes ${takes.toFixed(1)} minutes, not ${minutes}`).toBeLessThanOrEqual(
      1,
    );
  }
  const looked = ["docs/asvs.md", map, "CHANGELOG.md", ...generatedDocuments];
  const rest = documents.filter((file) => !told.has(file) && !looked.includes(file));
  expect(rest.filter((file) => !file.startsWith("docs/decisions/"))).toEqual([]);
});

test("the main documents are read in an hour, the map beside them", () => {
  const words = mainDocuments.map((file) => countWords(textOf(file))).reduce((sum, one) => sum + one);
  expect(words).toBeLessThanOrEqual(60 * wordsAMinute);
  expect(mainDocuments.every((file) => minutesTold().has(file))).toBe(true);
});
