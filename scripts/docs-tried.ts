import type { Fence } from "./testing-docs";

/** How a code block is tried where it is not simply run. */
export type Trial =
  /** Another test tries it. */
  | { how: "elsewhere"; by: string; why: string }
  /** It needs what a test has not: its syntax, commands, options and settings are looked up. */
  | { how: "looked up"; why: string }
  /** It is no program; nothing of it can be tried. */
  | { how: "shown"; why: string }
  /** It is run in a shell, or as a program, and ends with this exit code. */
  | { how: "run"; ends: number; why: string };

type Rule = { file: string; begins: RegExp; trial: Trial };

const rule = (file: string, begins: RegExp, trial: Trial): Rule => ({ file, begins, trial });
const elsewhere = (by: string, why: string): Trial => ({ how: "elsewhere", by, why });
const lookedUp = (why: string): Trial => ({ how: "looked up", why });

/**
 * The code blocks that are not run by `docs-examples.test.ts` (shell) or `docs-programs.test.ts` (TypeScript and JavaScript), each
 * with the reason. A rule that fits no block fails the tests, and so does a block of another language without a rule.
 */
export const rules: readonly Rule[] = [
  rule("docs/api.md", /./, elsewhere("lib/http/api-doc.test.ts", "each call is sent, and its answer compared")),
  rule("docs/lake.md", /^(CREATE|SELECT|WITH)/, elsewhere("lib/lake/docs.test.ts", "asked of a lake by DuckDB")),
  rule("docs/lake.md", /^LAKE_DIR/, { how: "shown", why: "the names of files" }),
  rule(
    "docs/cli-reference.md",
    /./,
    elsewhere("lib/cli/commands.test.ts", "made from the commands, parsed one by one"),
  ),
  rule("README.md", /^npm start/, lookedUp("the journeys of e2e/ start an installation")),
  rule("README.md", /^npm test/, lookedUp("it would run this test")),
  rule("README.md", /^npm run bench/, lookedUp("minutes to hours")),
  rule("docs/configuration.md", /^createdb/, lookedUp("a PostgreSQL of one's own, and npm start")),
  rule("docs/isolation.md", /^npm run tenantry/, {
    ...{ how: "run", ends: 7, why: "everybody may connect to the databases of a test's tenants, which it finds" },
  }),
  rule("docs/bulk.md", /^gunzip/, lookedUp("an export's file and a new database; lib/bulk tests load exports by psql")),
  rule("docs/bulk.md", /^curl --data-binary/, lookedUp("an export's file; lib/http tests upload files")),
  rule("docs/forecast.md", /^l ←/, { how: "shown", why: "a formula" }),
  rule("docs/cli.md", /^npm install/, lookedUp("it installs")),
  rule("docs/operations.md", /^export PGPASSWORD/, lookedUp("pg_dump has to be as new as the embedded PostgreSQL")),
  rule("docs/operations.md", /^tenantry fleet health/, {
    ...{ how: "run", ends: 7, why: "this installation has no web process, which is something to be looked at" },
  }),
  rule("docs/migrations.md", /^prisma\/tenant/, { how: "shown", why: "the names of files" }),
  rule(
    "docs/migrations.md",
    /^-- tenantry/,
    elsewhere("lib/schema/apply.test.ts", "a migration of this form is applied"),
  ),
  rule("docs/migrations.md", /^export PGPASSWORD/, lookedUp("the embedded PostgreSQL of npm start")),
  rule("docs/migrations.md", /^npx vitest/, lookedUp("those tests run anyway")),
  rule("docs/moving.md", /^mysqldump/, lookedUp("a MySQL; lib/cli/commands imports dumps")),
  rule(
    "docs/otlp.md",
    /^OTEL_/,
    lookedUp("an OpenTelemetry library reads it; lib/http/otlp tests send with the real ones"),
  ),
  rule("docs/compatibility.md", /^https:/, { how: "shown", why: "addresses before and after" }),
  rule(
    "docs/runtime.md",
    /^npm run --silent/,
    lookedUp("the data folder of npm start; lib/cli/commands/app-env.test.ts runs it"),
  ),
  rule(
    "docs/runtime.md",
    /^\[databases\]/,
    elsewhere("lib/runtime/pgbouncer.test.ts", "a real PgBouncer with these settings"),
  ),
];

/** The rule for a code block, where it has one. */
export function trialOf({ file, code }: Fence): Trial | undefined {
  return rules.find((one) => one.file === file && one.begins.test(code))?.trial;
}
