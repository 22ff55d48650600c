"use client";

import { Tooltip } from "@mantine/core";
import { useLiveStatus } from "@/client/live";
import type { LiveStatus } from "@/client/live-status";
import { exactTime } from "@/components/ui/time";
import classes from "./live-indicator.module.css";

/** Says whether what is on screen is live. */
export function LiveIndicator({ compact = false }: { compact?: boolean }) {
  const status = useLiveStatus();
  const { label, detail } = wordsFor(status);
  return (
    <Tooltip label={detail} position={compact ? "bottom-end" : "right"}>
      <button
        type="button"
        className={classes.indicator}
        data-kind={status.kind === "idle" ? "connecting" : status.kind}
        aria-label={`${label}. ${detail}`}
      >
        <span className={classes.dot} aria-hidden="true" />
        <span className="tabular">{label}</span>
      </button>
    </Tooltip>
  );
}

function wordsFor(status: LiveStatus): { label: string; detail: string } {
  switch (status.kind) {
    case "live":
      return { label: "Live", detail: "Figures arrive as they are measured, every two seconds." };
    // Whoever may have the stream has it on every page, once the page has come to life.
    case "idle":
    case "connecting":
      return { label: "Connecting…", detail: "Opening the live stream." };
    case "reconnecting":
      return { label: "Reconnecting…", detail: "The live stream was lost; the browser is opening it again." };
    case "refused":
      return { label: "Not live", detail: `${status.why} Figures are read when a page is opened.` };
    case "stale": {
      const since = status.since === null ? null : exactTime(status.since);
      return {
        label: since ? `Stale since ${since}` : "No measurements",
        detail: "No measurement has arrived for more than ten seconds. Figures show what was last known.",
      };
    }
  }
}
