import { DataTable, TwoLines } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { IsolationFinding, IsolationOverview } from "@/lib/isolation/contract";
import classes from "./isolation.module.css";
import { MendSql } from "./mend-sql";

type LeaksTableProps = { leaks: IsolationFinding[]; rules: IsolationOverview["rules"] };

/** Leaks, each with the tenant it is about, since when, and what closes it. */
export function LeaksTable({ leaks, rules }: LeaksTableProps) {
  const proves = new Map(rules.map(({ name, words }) => [name, words]));
  return (
    <DataTable
      label="Leaks"
      rows={leaks}
      faded={({ resolvedAt }) => resolvedAt !== null}
      columns={[
        {
          id: "words",
          header: "What leaks",
          wraps: true,
          cell: ({ words, rule }) => (
            <span className={classes.words} title={proves.get(rule)}>
              {words}
            </span>
          ),
        },
        { id: "tenant", header: "Tenant", width: 190, cell: (leak) => <Whose leak={leak} /> },
        {
          id: "seen",
          header: "Since",
          width: 150,
          cell: ({ firstSeen, lastSeen, resolvedAt, stale }) => (
            <TwoLines
              first={<RelativeTime at={firstSeen} />}
              second={
                resolvedAt ? (
                  <>
                    closed <RelativeTime at={resolvedAt} />
                  </>
                ) : (
                  <>
                    {stale ? "not looked at since " : "seen "}
                    <RelativeTime at={lastSeen} />
                  </>
                )
              }
            />
          ),
        },
        {
          id: "mend",
          header: "SQL that closes it",
          width: 340,
          cell: ({ mend, resolvedAt }) =>
            mend === null || resolvedAt !== null ? (
              <span className={classes.quiet}>{resolvedAt === null ? "None is sure: see to it by hand" : "—"}</span>
            ) : (
              <MendSql sql={mend} />
            ),
        },
      ]}
    />
  );
}

function Whose({ leak: { tenant, server } }: { leak: IsolationFinding }) {
  return (
    <TwoLines
      first={
        tenant ? (
          <Link href={`/tenants/${tenant.id}`} className={classes.link} title={tenant.name}>
            <bdi>{tenant.name}</bdi>
          </Link>
        ) : (
          "The whole server"
        )
      }
      second={tenant ? `${tenant.slug} on ${server.name}` : server.name}
    />
  );
}
