import { Panel } from "@/components/ui/panel";
import { Badge } from "@/components/ui/status-badge";
import type { Overview } from "@/lib/metrics/contract";
import classes from "./health-panel.module.css";

const words = {
  ok: { tone: "ok", word: "Working" },
  warning: { tone: "warn", word: "Needs a look" },
  down: { tone: "bad", word: "Down" },
} as const;

/** What the platform itself is made of, and whether it works. */
export function HealthPanel({ health }: { health: Overview["health"] }) {
  return (
    <Panel title="System health" flush>
      <ul className={classes.list}>
        {health.map(({ name, state, detail }) => (
          <li key={name} className={classes.part}>
            <span className={classes.name}>{name}</span>
            <Badge tone={words[state].tone}>{words[state].word}</Badge>
            <span className={classes.detail}>{detail}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
