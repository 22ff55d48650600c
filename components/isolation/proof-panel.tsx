import { Check, CircleDashed, X } from "lucide-react";
import { usePlannable } from "@/components/tenants/action-bar";
import { viewOf } from "@/components/tenants/search-tenants";
import { everyMatch } from "@/components/tenants/selection";
import { newRunPath } from "@/components/tenants/selection-path";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import classes from "./isolation.module.css";
import type { PartProps } from "./servers-panel";
import { isUnknown, leaks } from "./words";

/** What a proof says, rule by rule; pressed, the leaks are those of that rule. Below, what it can't say. */
export function ProofPanel({ overview: { rules, servers }, view, change }: PartProps) {
  const complete = !servers.some(isUnknown);
  return (
    <Panel
      title="What is proven"
      note="For every tenant against every role of its server, in one question a server"
      flush
    >
      <ul className={classes.rules} aria-label="Rules">
        {rules.map(({ name, words, findings }) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={view.rule === name}
              onClick={() => change({ rule: view.rule === name ? null : name })}
            >
              <Holds findings={findings} complete={complete} />
              <span>{words}</span>
              {findings > 0 && <span className={classes.number}>{leaks(findings)}</span>}
            </button>
          </li>
        ))}
      </ul>
      <Unseen />
    </Panel>
  );
}

function Holds({ findings, complete }: { findings: number; complete: boolean }) {
  if (findings > 0) return <X size={15} className={classes.bad} role="img" aria-label="Does not hold" />;
  if (complete) return <Check size={15} className={classes.ok} role="img" aria-label="Holds" />;
  return <CircleDashed size={15} className={classes.open} role="img" aria-label="Not known of every server" />;
}

/** What one connection to a server can't see, and the way to see it. */
function Unseen() {
  const mayPlan = usePlannable().some(({ name }) => name === "check-isolation");
  return (
    <p className={classes.unseen}>
      A superuser, and whoever is named as one who can&apos;t be held back, gets everywhere. This proof does not see
      inside databases: not rights on a database&apos;s schemas, catalogs and functions, such as passwords in pg_authid
      or files by pg_read_file, nor functions that run as somebody else, foreign servers or subscriptions.{" "}
      {mayPlan && (
        <Link href={newRunPath("check-isolation", everyMatch, viewOf({}))}>
          Look inside every database, for its schema public, catalogs and files…
        </Link>
      )}
    </p>
  );
}
