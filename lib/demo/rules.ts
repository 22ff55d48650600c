/** How the demo fleet may stand. `none`: never loaded; `removed`: loaded once and removed by a person. */
export const demoStates = ["none", "loading", "loaded", "removing", "removed"] as const;
export type DemoState = (typeof demoStates)[number];

/** The steps of loading and of removing, in their order, with what people read. */
const steps = {
  loading: [
    { name: "tenants", words: "Register twelve tenants" },
    { name: "databases", words: "Make their databases and roles" },
    { name: "runs", words: "Run and plan some bulk actions" },
    { name: "shops", words: "Fill their shops, and measure them" },
    { name: "past", words: "Make up sixty days that came before" },
  ],
  removing: [
    { name: "runs", words: "End the demo's bulk runs" },
    { name: "databases", words: "Drop the databases and roles" },
    { name: "traces", words: "Take back figures, activities and bulk runs" },
  ],
} as const;

export type LoadStep = (typeof steps.loading)[number]["name"];
export type RemoveStep = (typeof steps.removing)[number]["name"];

type DemoStep = { name: string; words: string; status: "done" | "running" | "waiting" };

/** The steps of what is going on, with how far it is; none while nothing is. */
export function stepsOf(state: DemoState, step: string | null): DemoStep[] {
  if (state !== "loading" && state !== "removing") return [];
  const all: readonly { name: string; words: string }[] = steps[state];
  const now = Math.max(
    0,
    all.findIndex(({ name }) => name === step),
  );
  return all.map((one, index) => ({ ...one, status: index < now ? "done" : index === now ? "running" : "waiting" }));
}

/** Why the demo can't be loaded, as fixed words for programs. */
export type Hindrance = "demo_no_app" | "demo_no_server";

/** What hinders loading, in words that say what to do about it. */
export const hindranceWords: Record<Hindrance, string> = {
  demo_no_app:
    "The demo's traffic comes from the sample app, which does not run here: it comes with the embedded PostgreSQL, and elsewhere when Tenantry is started with npm start -- --demo.",
  demo_no_server:
    "The demo needs a server to make its databases on, and none takes new tenants. Add one on the Servers page, or let one take new tenants again.",
};
