import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** A code block of a document. */
export type Fence = { file: string; line: number; lang: string; code: string };

/** Every document for people: the first page, the changelog, and all of docs/. */
export const documents: readonly string[] = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`)
    .sort(),
];

/** The main documents, which are read in an hour together. */
export const mainDocuments: readonly string[] = [
  "README.md",
  ...named("measuring operations security api cli runtime"),
];

/** Written by a command from the code, and compared with it by tests of their own. */
export const generatedDocuments: readonly string[] = named("cli-reference access");

function named(names: string): string[] {
  return names.split(" ").map((name) => `docs/${name}.md`);
}

/** A document's text. */
export function textOf(file: string): string {
  return readFileSync(file, "utf8");
}

const fence = /^( *)```(\w*)\n([\s\S]*?)\n\1```$/gm;

/** A document's code blocks in order, without the indentation of the list that they stand in. */
export function fencesOf(file: string): Fence[] {
  const text = textOf(file);
  return [...text.matchAll(fence)].map(({ 1: indent = "", 2: lang = "", 3: body = "", index }) => ({
    file,
    line: text.slice(0, index).split("\n").length,
    lang,
    code: body
      .split("\n")
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join("\n"),
  }));
}

/** A document without its code blocks. */
export function proseOf(file: string): string {
  return textOf(file).replace(fence, "");
}

/** How many words a reader meets: code and tables included, their lines and signs not. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** What stands between backticks in a document's prose. */
export function inlineCode(file: string): string[] {
  return [...proseOf(file).matchAll(/`([^`\n]+)`/g)].map((match) => String(match[1]));
}

/** A document's headings with their levels. */
export function headingsOf(file: string): { level: number; title: string }[] {
  return [...proseOf(file).matchAll(/^(#+) (.+)$/gm)].map(([, marks = "", title = ""]) => ({
    level: marks.length,
    title,
  }));
}

/** The anchors of a document's headings, as code hosts make them. */
export function anchorsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  for (const { title } of headingsOf(file)) {
    const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const base = plain.replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
    let anchor = base;
    for (let twin = 1; anchors.has(anchor); twin++) anchor = `${base}-${twin}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Where a document's links and pictures lead: a file of the repository, and an anchor in it. Other sites are left out. */
export function linksOf(
  file: string,
): { words: string; target: string; anchor: string | undefined; picture: boolean }[] {
  const inText = [...proseOf(file).matchAll(/(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g)].map(
    ([, mark, words = "", to = ""]) => ({ words, to, picture: mark === "!" }),
  );
  const inTags = [...proseOf(file).matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, to = ""]) => ({
    ...{ words: "picture", to, picture: true },
  }));
  return [...inText, ...inTags]
    .filter(({ to }) => !/^[a-z]+:/.test(to))
    .map(({ words, to, picture }) => {
      const [path = "", anchor] = to.split("#");
      return { words, target: path === "" ? file : posix.join(posix.dirname(file), path), anchor, picture };
    });
}
