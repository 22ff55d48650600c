"use client";

import { Button } from "@mantine/core";
import { Callout } from "@/components/ui/callout";
import { CopyValue } from "@/components/ui/copy-value";
import { Fact, Facts } from "@/components/ui/facts";
import text from "@/components/ui/text.module.css";
import { exactDateTime } from "@/components/ui/time";
import type { ListedEvent } from "@/lib/audit/contract";
import classes from "./audit.module.css";
import { compare, type FieldChange, flat } from "./fields";
import type { AuditSearch } from "./search-audit";

type AuditEventProps = { event: ListedEvent; narrow: (part: Partial<AuditSearch>) => void };

/** All that was recorded of one event. */
export function AuditEvent({ event, narrow }: AuditEventProps) {
  const changes = compare(event.before, event.after);
  const input = [...flat(event.input)];
  return (
    <div className={classes.event}>
      {event.reason !== null && <Callout tone="bad">{event.reason}</Callout>}
      {changes.length > 0 && <Changes changes={changes} made={event.before === null} />}
      {input.length > 0 && (
        <section aria-label="What was asked for">
          <h3 className={text.caption}>What was asked for</h3>
          <Facts>
            {input.map(([field, value]) => (
              <Fact key={field} label={field}>
                {value}
              </Fact>
            ))}
          </Facts>
        </section>
      )}
      <section aria-label="Where it came from">
        <h3 className={text.caption}>Where it came from</h3>
        <Facts>
          <Fact label="When">{exactDateTime(event.createdAt)}</Fact>
          <Fact label="Who">
            <bdi>{event.actor}</bdi> ({event.actorKind})
          </Fact>
          {event.target !== null && (
            <Fact label="On what">
              <CopyValue value={event.target} label="id" />
              {event.targetName !== null && (
                <>
                  {" "}
                  <bdi>{event.targetName}</bdi>
                </>
              )}
            </Fact>
          )}
          <Fact label="Address">{event.ipAddress ?? "none"}</Fact>
          <Fact label="Browser or program">{event.userAgent ?? "none"}</Fact>
          <Fact label="Request">
            <CopyValue value={event.requestId} label="request id" />
          </Fact>
          <Fact label="Event">{event.id}</Fact>
          <Fact label="Hash">
            {event.hash === null ? "older than the chain" : <CopyValue value={event.hash} label="hash" />}
          </Fact>
        </Facts>
      </section>
      <div className={classes.narrow}>
        {event.target !== null && (
          <Button size="compact-xs" variant="default" onClick={() => narrow({ target: event.target ?? "" })}>
            All of this target
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => narrow({ actor: event.actor })}>
          All by this actor
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => narrow({ operation: event.operation })}>
          All of this operation
        </Button>
      </div>
    </div>
  );
}

function Changes({ changes, made }: { changes: FieldChange[]; made: boolean }) {
  return (
    <section aria-label="What changed">
      <h3 className={text.caption}>{made ? "What was made" : "What changed"}</h3>
      <table className={classes.diff}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after, changed }) => (
            <tr key={field} data-changed={changed || undefined}>
              <th scope="row">{field}</th>
              <td>{before === null ? "—" : changed ? <del>{before}</del> : before}</td>
              <td>{after === null ? "—" : changed ? <ins>{after}</ins> : after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
