import { Button } from "@mantine/core";
import { TenantCell } from "@/components/tenants/tenant-cell";
import { DataTable } from "@/components/ui/data-table";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import type { signInsContract } from "@/lib/analytics/contract";
import type { OutputOf } from "@/lib/kernel/contract";
import classes from "./sign-ins.module.css";

type SignInTenantsProps = {
  tenants: OutputOf<typeof signInsContract>["tenants"];
  quiet: number;
  narrow: (tenant: string) => void;
};

/** The tenants whose users tried most often to sign in, and how many have none. */
export function SignInTenants({ tenants, quiet, narrow }: SignInTenantsProps) {
  return (
    <Panel title="Tenants" note={tenants.length >= 50 ? "the 50 with the most attempts" : "most attempts first"} flush>
      <DataTable
        label="Sign-ins by tenant"
        rows={tenants.map((row) => ({ ...row, id: row.tenant.id }))}
        actionsWidth={84}
        dense
        actions={({ tenant }) => (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`Only ${tenant.name}`}
            onClick={() => narrow(tenant.id)}
          >
            Only this
          </Button>
        )}
        columns={[
          { id: "tenant", header: "Tenant", cell: ({ tenant }) => <TenantCell tenant={tenant} /> },
          {
            id: "succeeded",
            header: "Succeeded",
            width: 96,
            cell: ({ succeeded }) => <span className="tabular">{count(succeeded)}</span>,
          },
          {
            id: "failed",
            header: "Failed",
            width: 74,
            cell: ({ failed }) => (
              <span className={classes.number} data-bad={failed > 0 || undefined}>
                {count(failed)}
              </span>
            ),
          },
          {
            id: "users",
            header: "Users",
            width: 70,
            cell: ({ users }) => <span className="tabular">{count(users)}</span>,
          },
          {
            id: "last",
            header: "Last sign-in",
            width: 112,
            quiet: true,
            cell: ({ lastAt }) => (lastAt === null ? "none" : <RelativeTime at={lastAt} />),
          },
        ]}
      />
      {quiet > 0 && (
        <p className={classes.quiet}>
          Nobody signed in to {plural(quiet, "other active tenant")} within reach. They may be unused, or their apps do
          not tell: see <Link href="/tenants?status=active">all active tenants</Link>.
        </p>
      )}
    </Panel>
  );
}
