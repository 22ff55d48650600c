// The rooms and their one-way arrows: a room imports only rooms on a lower row, never its own row, never in a circle.
const rows = [
  ["sdk"],
  ["kernel"],
  ["platform"],
  ["gate", "jobs", "mail"],
  ["accounts", "servers", "audit", "schema"],
  ["tenants", "runtime", "access", "keys"],
  ["history"],
  [
    "metrics",
    "ingest",
    "drift",
    "filters",
    "domains",
    "maintenance",
    "support",
    "isolation",
    "processes",
    "load",
    "doctor",
  ],
  ["forecast"],
  ["bulk", "analytics"],
  ["system"],
  ["monitoring", "fleet", "demo"],
  ["lake"],
  ["reports"],
  ["compat"],
  ["http", "worker", "supervisor", "web", "cli"],
];

const upward = rows.flatMap((rooms, row) =>
  rooms.map((room) => ({
    name: `${room} imports lower rows only`,
    severity: "error",
    from: { path: `^lib/${room}/`, pathNot: "\\.test\\.ts$" },
    to: {
      path: rows
        .slice(row)
        .flat()
        .filter((other) => other !== room)
        .map((other) => `^lib/${other}/`)
        .join("|"),
    },
  })),
);

module.exports = {
  forbidden: [
    ...upward.filter((rule) => rule.to.path !== ""),
    { name: "no circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "the browser's side sees kernel and contracts only",
      severity: "error",
      from: { path: "^(components|client)/" },
      to: {
        path: "^lib/",
        pathNot: "^lib/kernel/|^lib/[a-z]+/(contract|shapes)\\.ts$|^lib/[a-z]+/contract-[a-z]+\\.ts$",
      },
    },
    {
      name: "contracts know no code",
      severity: "error",
      from: { path: "^lib/[a-z]+/contract\\.ts$|^lib/[a-z]+/contract-[a-z-]+\\.ts$" },
      to: {
        path: "^lib/",
        pathNot: "^lib/kernel/|^lib/[a-z]+/(contract|shapes|rules)\\.ts$|^lib/[a-z]+/contract-[a-z-]+\\.ts$",
      },
    },
    {
      name: "pages never reach the platform",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^lib/platform/" },
    },
    {
      name: "the runtime stands on the lowest rows",
      severity: "error",
      from: { path: "^lib/runtime/", pathNot: "\\.test\\.ts$" },
      to: { path: "^lib/", pathNot: "^lib/(kernel|platform|runtime)/" },
    },
    {
      name: "the client stands alone",
      severity: "error",
      from: { path: "^lib/sdk/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^lib/sdk/" },
    },
    {
      name: "tests' tools stay in tests",
      severity: "error",
      from: { path: "^(app|components|client|lib|sample)/", pathNot: "\\.test\\.tsx?$|/testing[^/]*\\.ts$" },
      to: { path: "/testing[^/]*\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lib/platform/generated/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
