import { FolderOpen } from "lucide-react";
import { ExportMenu } from "@/components/reports/export-menu";
import { count } from "@/components/ui/format";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import type { SchemaOverview } from "@/lib/drift/contract";
import classes from "./schema.module.css";

type MigrationsPanelProps = {
  overview: SchemaOverview;
  chosen: string | null;
  choose: (version: string | null) => void;
};

/** The migrations, newest first, each with how many tenants it is the newest of. */
export function MigrationsPanel({ overview, chosen, choose }: MigrationsPanelProps) {
  const { migrations, elsewhere, latest, folder } = overview;
  const all = Math.max(
    1,
    [...migrations, ...elsewhere].reduce((sum, { tenants }) => sum + tenants, 0),
  );
  const row = (version: string, tenants: number, note: string | null) => (
    <li key={version}>
      <button
        type="button"
        aria-pressed={chosen === version}
        onClick={() => choose(chosen === version ? null : version)}
        title={version === "" ? "Tenants without any migration" : version}
      >
        <span className={classes.version}>
          <code>{version === "" ? "before the first" : version}</code>
          {note !== null && <span className={classes.tag}>{note}</span>}
        </span>
        <span className={classes.track} aria-hidden="true">
          <span style={{ width: `${(100 * tenants) / all}%` }} data-newest={version === latest || undefined} />
        </span>
        <span className={classes.number}>
          {count(tenants)} {tenants === 1 ? "tenant" : "tenants"}
        </span>
      </button>
    </li>
  );
  return (
    <Panel
      title={plural(migrations.length, "migration")}
      note="Newest first; the bar is the share of the tenants that are at it"
      actions={migrations.length > 0 && <ExportMenu table="migrations" what="Migrations" input={{}} />}
    >
      {migrations.length === 0 && elsewhere.length === 0 ? (
        <Message icon={FolderOpen} title="No migration yet">
          Put the first one into {folder}, in Prisma&apos;s format: a folder with a migration.sql.
        </Message>
      ) : (
        <ol className={classes.migrations}>
          {[...migrations]
            .reverse()
            .map(({ name, tenants, reversible }) =>
              row(
                name,
                tenants,
                [name === latest && "newest", reversible && "can be rolled back"].filter(Boolean).join(", ") || null,
              ),
            )}
          {elsewhere.map(({ version, tenants }) => row(version, tenants, version === "" ? null : "not in the folder"))}
        </ol>
      )}
    </Panel>
  );
}
