import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import type { HealthView } from "@/lib/system/contract";
import classes from "./health.module.css";
import { stateWords, worstFirst } from "./words";

/** Each part with its state, what is so, since when, and how that is known. */
export function PartsPanel({ health: { parts, at } }: { health: HealthView }) {
  return (
    <Panel
      title="Parts"
      note={
        <>
          Measured <RelativeTime at={at} />
        </>
      }
      flush
    >
      <ul className={classes.parts} aria-label="Parts">
        {worstFirst(parts).map(({ name, label, state, words, since, measured }) => (
          <li key={name}>
            <div className={classes.part}>
              <h3 className={classes.name}>
                <bdi>{label}</bdi>
              </h3>
              <Badge tone={stateWords[state].tone}>{stateWords[state].word}</Badge>
            </div>
            <p className={classes.said}>
              {words}
              {since !== null && (
                <>
                  {" Since "}
                  <RelativeTime at={since} />.
                </>
              )}
            </p>
            <p className={classes.how}>Known by {measured}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
