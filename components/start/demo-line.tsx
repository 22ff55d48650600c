"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { overviewQuery } from "@/client/queries";
import { useAllowedEverywhere } from "@/components/shell/user";
import type { DemoView } from "@/lib/demo/contract";
import { demoQuery } from "./demo-query";
import { RemoveDemo } from "./remove-demo";
import classes from "./start.module.css";

/** One quiet line about the demo fleet while there is one, for those who may remove it. */
export function DemoLine() {
  const may = useAllowedEverywhere("tenants:purge");
  const cache = useQueryClient();
  const { data: demo } = useQuery({ ...demoQuery(), enabled: may });
  const there = demo?.tenants.length ?? 0;
  const before = useRef(there);
  useEffect(() => {
    // The counts beside it are the fleet's: they come at once, and not with the next round.
    if (before.current !== there) void cache.invalidateQueries({ queryKey: overviewQuery().queryKey });
    before.current = there;
  }, [there, cache]);
  if (!may || !demo || demo.state === "none" || demo.state === "removed") return null;
  const now = demo.steps.findIndex(({ status }) => status === "running");
  return (
    <div className={classes.line}>
      <p role="status">
        {words(demo)}
        {demo.problem !== null && <span className={classes.problem}> {demo.problem}</span>}
      </p>
      {now >= 0 && (
        <progress className={classes.progress} max={demo.steps.length} value={now} aria-label="Steps that are done" />
      )}
      {demo.state !== "removing" && <RemoveDemo demo={demo} />}
    </div>
  );
}

function words({ state, steps, tenants, size }: DemoView): string {
  const now = steps.findIndex(({ status }) => status === "running");
  const step = steps[now] && `${steps[now].words} (step ${now + 1} of ${steps.length})`;
  const ready = tenants.filter(({ status }) => status === "active").length;
  if (state === "loading") return `Loading the demo fleet: ${step}. ${ready} of ${size} tenants answer.`;
  if (state === "removing") return `Removing the demo fleet: ${step}. ${tenants.length} tenants left.`;
  return `The demo fleet is loaded: ${tenants.length} of ${size} tenants. Figures of the time before are made up, and say so.`;
}
