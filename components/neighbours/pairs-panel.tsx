"use client";

import { ChevronRight, UsersRound } from "lucide-react";
import { useQueryState } from "nuqs";
import { count } from "@/components/ui/format";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import classes from "./neighbours.module.css";
import { PairDetail } from "./pair-detail";
import { searchNeighbours } from "./search-neighbours";
import {
  chanceWords,
  type FeltMetric,
  inSentence,
  type LoadMetric,
  lagWords,
  type Neighbours,
  type Pair,
  pairKey,
  strengthWords,
} from "./words";

type PairsPanelProps = { found: Neighbours; load: LoadMetric; felt: FeltMetric };

/** The pairs that go together, strongest first; one opens to a chart of both. Which one stands in the address. */
export function PairsPanel({ found, load, felt }: PairsPanelProps) {
  const [open, setOpen] = useQueryState("pair", searchNeighbours.pair);
  const { pairs, looked, refused, server } = found;
  const note = looked === 0 ? `on ${server.name}` : `on ${server.name}, of ${count(looked)} that were looked at`;
  return (
    <Panel title="Pairs that go together" note={note} flush>
      {refused !== null && (
        <Message icon={UsersRound} title="Nothing can be said">
          {refused}
        </Message>
      )}
      {refused === null && pairs.length === 0 && (
        <Message icon={UsersRound} title="No pair stands out">
          Of {plural(looked, "pair")}, none goes together more than by chance. Try a longer period, or another load.
        </Message>
      )}
      {pairs.length > 0 && (
        <ol className={classes.pairs} aria-label="Pairs">
          {pairs.map((pair) => {
            const key = pairKey(pair);
            const isOpen = key === open;
            return (
              <li key={key}>
                <button
                  type="button"
                  className={classes.row}
                  aria-expanded={isOpen}
                  onClick={() => void setOpen(isOpen ? null : key)}
                >
                  <ChevronRight size={14} className={classes.chevron} aria-hidden="true" />
                  <Words pair={pair} load={load} felt={felt} stepSeconds={found.span.stepSeconds} />
                </button>
                {isOpen && <PairDetail pair={pair} load={load} felt={felt} span={found.span} />}
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}

type WordsProps = { pair: Pair; load: LoadMetric; felt: FeltMetric; stepSeconds: number };

function Words({ pair, load, felt, stepSeconds }: WordsProps) {
  // What is bad for whoever waits: more of it, but fewer cache hits.
  const moves = felt === "cacheHit" ? "falls" : "rises";
  return (
    <>
      <span className={classes.said}>
        <span>
          When {inSentence(load)} of <bdi title={pair.noisy.name}>{pair.noisy.name}</bdi> rises,
        </span>
        <span>
          {inSentence(felt)} of <bdi title={pair.suffers.name}>{pair.suffers.name}</bdi> {moves},{" "}
          {lagWords(pair.lagSteps, stepSeconds)}
        </span>
      </span>
      <span
        className={classes.strength}
        title="Spearman's rank correlation of how both moved from step to step, -1 to 1"
      >
        <span>
          {strengthWords(pair.correlation)}, {pair.correlation.toFixed(2)}
        </span>
        <span className={classes.track} aria-hidden="true">
          <span style={{ width: `${Math.abs(pair.correlation) * 100}%` }} />
        </span>
      </span>
      <span className={classes.chance}>
        {chanceWords(pair.chance)}
        <small>{plural(pair.steps, "step")} known of both</small>
      </span>
    </>
  );
}
