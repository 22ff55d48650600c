/** What a template sets, in its order. Every text is data: none of it is read as markup. */
export type Block =
  | { kind: "text"; text: string; tone?: "muted" | "warn" }
  | { kind: "heading"; text: string }
  | { kind: "facts"; rows: { label: string; value: string }[] }
  | { kind: "tiles"; tiles: Tile[] }
  | { kind: "charts"; charts: Chart[] }
  | Table;

/** A figure that is read at a glance. */
export type Tile = {
  label: string;
  /** With its unit; a dash where it is not known. */
  value: string;
  /** Against the period before, in words; "" where nothing can be said. */
  change: string;
};

/** A drawn chart: SVG without any text that somebody else wrote. */
export type Chart = {
  title: string;
  svg: string;
  /** What it shows, for those who do not see it. */
  alt: string;
  legend: { name: string; color: string }[];
  note: string;
};

export type Cell = string | { text: string; small?: string; tone?: "muted" | "bad"; bar?: number };

export type Column = {
  title: string;
  align: "start" | "end";
  /** Parts of the width that is left, or as wide as its cells. */
  width: number | "auto";
};

export type Table = {
  kind: "table";
  columns: Column[];
  rows: Cell[][];
  /** What stands in its place where it has no rows. */
  empty: string;
  note?: string;
};

export type Section = { title: string; blocks: Block[] };

/** A document as the template takes it. */
export type DocumentOf = {
  title: string;
  /** What kind of document it is, above the title. */
  over: string;
  period: string;
  /** Lines of the cover. */
  cover: { label: string; value: string }[];
  /** What has to be known before anything else is read; "" without. */
  warning: string;
  /** On the first page, under the cover line. */
  summary: Block[];
  sections: Section[];
  /** At the bottom of every page. */
  foot: string;
  /** With a table of contents. */
  contents: boolean;
  /** Unix milliseconds. */
  madeAt: number;
};
