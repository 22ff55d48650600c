"use client";

import { ChevronRight } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { RelativeTime } from "@/components/ui/relative-time";
import { nameCut } from "@/components/ui/rows";
import { Badge } from "@/components/ui/status-badge";
import type { ListedEvent } from "@/lib/audit/contract";
import classes from "./audit.module.css";
import { AuditEvent } from "./audit-event";
import { type FieldChange, shortChanges } from "./fields";
import type { AuditSearch } from "./search-audit";

/** What each operation is for, in a sentence, by its id. */
export type Summaries = Readonly<Record<string, string>>;

type AuditListProps = {
  events: ListedEvent[];
  summaries: Summaries;
  narrow: (part: Partial<AuditSearch>) => void;
};

/** The events, each of which opens to what was recorded; the open one stands in the address. */
export function AuditList({ events, summaries, narrow }: AuditListProps) {
  const [open, setOpen] = useQueryState("event", parseAsString);
  return (
    <ol className={classes.list} aria-label="Audit trail" onMouseOver={nameCut} onFocus={nameCut}>
      {events.map((event) => {
        const isOpen = event.id === open;
        return (
          <li key={event.id} className={classes.item}>
            <button
              type="button"
              className={classes.row}
              aria-expanded={isOpen}
              aria-controls={`event-${event.id}`}
              onClick={() => void setOpen(isOpen ? null : event.id)}
            >
              <ChevronRight size={14} className={classes.chevron} aria-hidden="true" />
              <span className={classes.what}>
                <span className={classes.summary}>
                  {summaryOf(event.operation, summaries)}
                  <ShortChanges of={event} />
                </span>
                <span className={classes.operation}>
                  {event.operation}
                  {event.target !== null && (
                    <>
                      {" · "}
                      <bdi>{event.targetName ?? event.target}</bdi>
                    </>
                  )}
                </span>
              </span>
              <span className={classes.who}>
                <bdi title={event.actor}>{event.actor}</bdi>
                <span className={classes.address}>{event.ipAddress ?? event.actorKind}</span>
              </span>
              <span className={classes.outcome}>
                <Badge tone={event.outcome === "done" ? "ok" : "bad"}>
                  {event.outcome === "done" ? "Done" : "Refused"}
                </Badge>
              </span>
              <span className={classes.time}>
                <RelativeTime at={event.createdAt} />
              </span>
            </button>
            <div id={`event-${event.id}`} hidden={!isOpen}>
              {isOpen && <AuditEvent event={event} narrow={narrow} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

// What changed, in the row itself, when it is little: Deactivate and Let in are one operation.
function ShortChanges({ of: { before, after } }: { of: ListedEvent }) {
  const changes = shortChanges(before, after);
  if (changes.length === 0) return null;
  return <span className={classes.changes}> {changes.map(changeWords).join(", ")}</span>;
}

function changeWords({ field, before, after }: FieldChange): string {
  if (field === "active") return after === "true" ? "let in again" : "deactivated";
  return `${field}: ${before ?? "none"} → ${after ?? "none"}`;
}

// A contract's sentence goes on to say how; here it is enough what.
const notTheDeed = /(;|:|, (?:which|with|at|by|newest|to) ).*$|\.$/;

function summaryOf(operation: string, summaries: Summaries): string {
  return own[operation] ?? summaries[operation]?.replace(notTheDeed, "") ?? operation;
}

// What is recorded without being an operation of the API, or is said more plainly here.
const own: Record<string, string> = {
  "session.signIn": "Sign in",
  "request.authenticate": "Refused at the door",
  "request.origin": "Asked by another site's page",
  "keys.rotate": "Exchange the encryption keys",
  "authenticator.change": "Move to another authenticator",
  "tenants.export": "Download the tenants as CSV",
  "bulk.finished": "A bulk run finished",
  "bulk.cancelled": "A bulk run was cancelled",
  "stepUp.prove": "Confirm with the second factor",
  "users.setActive": "Deactivate a user, or let them in again",
};
