"use client";

import { useQuery } from "@tanstack/react-query";
import { statementsQuery } from "@/client/statement-queries";
import { useAllowed } from "@/components/shell/user";
import { LoadError } from "@/components/ui/load-error";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import { CountedTable } from "./counted-table";
import { RunningList } from "./running-list";
import classes from "./statements.module.css";
import { missingWords, type Statements } from "./words";

/** Which statements a tenant's database is busy with: what runs now, and what took most time. */
export function StatementsPanel({ tenant }: { tenant: string }) {
  const { data, error, refetch } = useQuery(statementsQuery(tenant));
  return (
    <div id="statements" className={classes.place}>
      <Panel title="Statements" note={data && <Asked statements={data} />} flush>
        {data ? (
          <Told statements={data} />
        ) : error ? (
          <LoadError what="The statements" error={error} retry={refetch} />
        ) : (
          <CountedTable top={null} />
        )}
      </Panel>
    </div>
  );
}

function Asked({ statements: { at, server } }: { statements: Statements }) {
  return (
    <span title="Asked of the server itself, again every 5 s while this page is open.">
      {server.name}, asked <RelativeTime at={at} every={1000} />
    </span>
  );
}

function Told({ statements }: { statements: Statements }) {
  const seesConstants = useAllowed("databases:maintain");
  const { answered, error, running, idle, top } = statements;
  if (!answered) return <p className={classes.words}>What runs is not known. {error}</p>;
  return (
    <>
      <h3 className={classes.heading}>
        Now <small>pg_stat_activity{idle !== null && idle > 0 && `, and ${plural(idle, "idle session")}`}</small>
      </h3>
      {running && running.length > 0 ? (
        <RunningList running={running} />
      ) : (
        <p className={classes.words}>Nothing runs in this database at the moment.</p>
      )}
      {!seesConstants && running && running.length > 0 && (
        <p className={classes.words}>
          Constants are left out: they are for whoever may work on tenants&#39; databases.
        </p>
      )}
      <h3 className={classes.heading}>
        Most time <small>{top === null ? "not known" : <Since statements={statements} />}</small>
      </h3>
      <Most statements={statements} />
    </>
  );
}

function Since({ statements: { countedSince } }: { statements: Statements }) {
  if (countedSince === null) return <>pg_stat_statements, since it was last reset</>;
  return (
    <>
      pg_stat_statements, counted since <RelativeTime at={countedSince} />
    </>
  );
}

function Most({ statements: { top, missing } }: { statements: Statements }) {
  if (top === null) return <p className={classes.words}>{missing && missingWords[missing]}</p>;
  if (top.length === 0) return <p className={classes.words}>No statement was counted in this database yet.</p>;
  return <CountedTable top={top} />;
}
