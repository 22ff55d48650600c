/** A picture that README.md or docs/ shows: its name under docs/images, and what of the demo it shows. */
export type DocsPicture = {
  name: string;
  /** A page's path; `{busiest}` is the tenant with the most CPU, `{run:…}` the newest bulk run of that status. */
  path: string;
  scheme?: "light" | "dark";
  phone?: true;
};

/** The first page of a fleet report, which is a PDF and no page of the console. */
export const reportPicture = "fleet-report";

/** What `npm run screenshots` takes of the console. */
export const docsPictures: readonly DocsPicture[] = [
  { name: "overview", path: "/?range=5m" },
  { name: "overview-dark", path: "/?range=5m", scheme: "dark" },
  { name: "overview-phone", path: "/?range=5m", phone: true },
  { name: "tenants", path: "/tenants?sort=cpu&order=desc" },
  { name: "tenant", path: "/tenants/{busiest}?range=5m" },
  { name: "history", path: "/tenants/{busiest}/history?range=30d" },
  { name: "analytics", path: "/analytics?range=30d" },
  { name: "forecast", path: "/analytics/forecast" },
  { name: "schema", path: "/schema" },
  { name: "bulk-plan", path: "/bulk/{run:planned}" },
  { name: "bulk-run", path: "/bulk/{run:finished}" },
];
