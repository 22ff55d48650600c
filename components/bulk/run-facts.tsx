import { CopyValue } from "@/components/ui/copy-value";
import { Fact, Facts } from "@/components/ui/facts";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RunDetail, RunView } from "@/lib/bulk/shapes";
import { InputFacts } from "./input-facts";
import { shortDigest } from "./use-run-verbs";
import { isPlan, optionWords } from "./words";

/** How the run was set up, and who stood for it. */
export function RunFacts({ run }: { run: RunDetail }) {
  return (
    <Panel title="How it was set up">
      <Facts>
        <Fact label="Tenants">{run.selection}</Fact>
        <Fact label="How it runs">{optionWords(run.options).join(" ")}</Fact>
        <InputFacts run={run} />
        {!isPlan(run.status) && run.radius.length > 0 && <Fact label="As it was planned">{run.radius.join(" ")}</Fact>}
        <Fact label="Confirmed by">
          <Person who={run.confirmed} />
        </Fact>
        {run.needsSecond && (
          <Fact label="Second person">
            <Person who={run.second} />
          </Fact>
        )}
        <Fact label="Digest">
          <CopyValue value={run.digest} shown={shortDigest(run.digest)} label="the plan's digest" />
        </Fact>
        <Fact label="Run">
          <CopyValue value={run.id} label="the run's id" />
        </Fact>
      </Facts>
    </Panel>
  );
}

function Person({ who }: { who: RunView["confirmed"] }) {
  if (who === null) return "nobody yet";
  return (
    <>
      <bdi>{who.name}</bdi> <RelativeTime at={who.at} />
    </>
  );
}
