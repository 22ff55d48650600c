import { ExportMenu } from "@/components/reports/export-menu";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import type { IsolationOverview, IsolationServer } from "@/lib/isolation/contract";
import classes from "./isolation.module.css";
import type { IsolationSearch } from "./search-isolation";
import { askedWords, leaks, stateWords } from "./words";

export type PartProps = {
  overview: IsolationOverview;
  view: IsolationSearch;
  change: (part: Partial<IsolationSearch>) => void;
};

/** Each server with what is known of it; pressed, the leaks below are that server's. */
export function ServersPanel({ overview: { servers, everyHours }, view, change }: PartProps) {
  return (
    <Panel
      title="Servers"
      note={
        everyHours === 0
          ? "Asked only when somebody wants it"
          : `Asked every ${hours(everyHours)}, and after a tenant was made`
      }
      actions={<ExportMenu table="isolation-servers" what="Isolation of servers" input={{}} />}
      flush
    >
      <ul className={classes.servers} aria-label="Servers">
        {servers.map((one) => (
          <li key={one.server.id}>
            <div className={classes.server}>
              <button
                type="button"
                className={classes.name}
                aria-pressed={view.server === one.server.id}
                title={`Show only the leaks of ${one.server.name}`}
                onClick={() => change({ server: view.server === one.server.id ? null : one.server.id })}
              >
                <bdi>{one.server.name}</bdi>
              </button>
              <Badge tone={stateWords[one.state].tone} busy={one.state === "running"}>
                {one.state === "leaking" ? leaks(one.findings) : stateWords[one.state].word}
              </Badge>
            </div>
            <Sentence of={one} />
            {one.above.length > 0 && (
              <p className={classes.above}>
                Can&apos;t be held back: {one.above.map(({ role, why }) => `${role} (${why})`).join(", ")}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const hours = (number: number): string => (number === 1 ? "hour" : `${number} hours`);

function Sentence({ of }: { of: IsolationServer }) {
  const { state, checkedAt, triedAt, error, findings } = of;
  const looked = checkedAt && (
    <>
      {state === "proven" ? "Proven" : "Looked at"} <RelativeTime at={checkedAt} />: {askedWords(of)}.
    </>
  );
  if (state === "failed")
    return (
      <p className={classes.failed}>
        {triedAt && (
          <>
            Asked without success <RelativeTime at={triedAt} />.{" "}
          </>
        )}
        {error}{" "}
        {checkedAt === null ? "Nothing is known of it." : "What was found before stands; nobody has looked since. "}
        {looked}
      </p>
    );
  if (checkedAt === null)
    return (
      <p className={classes.said}>
        {state === "running" ? "It is being asked right now." : "Nobody has asked it yet."}
      </p>
    );
  return (
    <p className={classes.said}>
      {looked}
      {state === "running" &&
        ` It is being asked again right now${findings > 0 ? `; until then ${leaks(findings)}` : ""}.`}
    </p>
  );
}
