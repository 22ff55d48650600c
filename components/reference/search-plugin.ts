/** An operation as Swagger UI holds it, in an immutable map. */
type Held = { get: (key: "path" | "method") => string; getIn: (path: string[]) => string | undefined };
type Operations = { size: number; filter: (test: (one: Held) => boolean) => Operations };
type Section = { get: (key: "operations") => Operations; set: (key: "operations", to: Operations) => Section };
type Sections = {
  size: number;
  map: (change: (section: Section, tag: string) => Section) => Sections;
  filter: (test: (section: Section) => boolean) => Sections;
  reduce: (add: (sum: number, section: Section) => number, from: number) => number;
};
type State = { get: (key: "filter") => string | undefined };
type Thing = string | string[];

/** What is used of Swagger UI's system. */
export type System = {
  layoutActions: { updateFilter: (phrase: string) => void };
  layoutSelectors: { currentFilter: () => string | undefined };
  specSelectors: { taggedOperations: () => Sections };
};

/** How many operations are shown now. */
export function countShown({ specSelectors }: System): number {
  return specSelectors.taggedOperations().reduce((sum, section) => sum + section.get("operations").size, 0);
}

/**
 * Swagger UI's filter looks at sections' names and paths, and leaves the sections that match closed. Here every word is
 * looked for in an operation's section, method, path, id and summary, and what matches is open.
 */
export const searchPlugin = () => ({
  fn: { opsFilter: matching },
  statePlugins: {
    layout: {
      wrapActions: {
        show: (original: (thing: Thing, shown?: boolean) => unknown, { layoutSelectors }: System) => {
          return (thing: Thing, shown?: boolean) => original(placeOf(thing, layoutSelectors.currentFilter()), shown);
        },
      },
      wrapSelectors: {
        // What is wrapped is bound to the state already, whatever the wrapping function is given.
        isShown: (original: (thing: Thing, otherwise?: boolean) => boolean) => {
          return (state: State, thing: Thing, otherwise?: boolean) => {
            const place = placeOf(thing, state.get("filter"));
            return original(place, place === thing ? otherwise : true);
          };
        },
      },
    },
  },
});

function matching(sections: Sections, phrase: string): Sections {
  const words = phrase.toLowerCase().split(/\s+/);
  const matches = (tag: string, one: Held) => {
    const parts = [tag, one.get("method"), one.get("path")];
    const operation = ["operationId", "summary"].map((key) => one.getIn(["operation", key]) ?? "");
    const text = [...parts, ...operation].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return sections
    .map((section, tag) =>
      section.set(
        "operations",
        section.get("operations").filter((one) => matches(tag, one)),
      ),
    )
    .filter((section) => section.get("operations").size > 0);
}

/** Where it is kept whether a section is open: apart for each phrase, so that one can be closed there too. */
function placeOf(thing: Thing, phrase: string | undefined): Thing {
  const [kind, ...which] = typeof thing === "string" ? [thing] : thing;
  return phrase && kind === "operations-tag" ? ["found-tag", phrase, ...which] : thing;
}
