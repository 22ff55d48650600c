import { count } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import type { WaveView } from "@/lib/bulk/shapes";
import classes from "./bulk.module.css";
import { ProgressBar } from "./progress-bar";
import runClasses from "./run.module.css";
import { outcomeWords } from "./words";

const states = {
  waiting: { word: "Waits", tone: "quiet" },
  running: { word: "At work", tone: "info" },
  done: { word: "Through", tone: "ok" },
} as const;

/** The waves: the canary, then the rest, each with how far it has come. */
export function WavesPanel({ waves }: { waves: WaveView[] }) {
  return (
    <Panel title="Waves" note="One after the other">
      <ol className={runClasses.waves}>
        {waves.map(({ wave, name, total, counts, state }) => (
          <li key={wave}>
            <span className={runClasses.wave}>
              {name} <span className={classes.number}>{count(total)}</span>
            </span>
            <Badge tone={states[state].tone}>{states[state].word}</Badge>
            <ProgressBar counts={counts} label={`Progress of ${name}`} />
            <span className={text.quiet}>{outcomeWords(counts)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
