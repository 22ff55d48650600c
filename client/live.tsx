"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { liveWriter } from "./live-apply";
import { type ConnectionState, LiveConnection } from "./live-connection";
import { type LiveStatus, liveStatus } from "./live-status";
import { useNow } from "./now";

const LiveContext = createContext<LiveConnection | null>(null);
const idle: ConnectionState = { phase: "idle", since: 0, lastTickAt: null };

/** Owns the tab's one live connection and keeps the query cache current from it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const [writer] = useState(() => liveWriter(cache));
  const [connection] = useState(() => new LiveConnection(writer.write));
  useEffect(() => {
    const stopHealing = writer.heal();
    return () => {
      stopHealing();
      connection.close();
    };
  }, [connection, writer]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}

/** Follows topics of the live stream while the component is on screen; without topics, nothing. */
export function useLive(...topics: string[]): void {
  const connection = useContext(LiveContext);
  const key = topics.join(",");
  useEffect(() => (key === "" ? undefined : connection?.follow(key.split(","))), [connection, key]);
}

/** Whether the screen is live, and since when it is not. */
export function useLiveStatus(): LiveStatus {
  const connection = useContext(LiveContext);
  const state = useSyncExternalStore(
    connection?.onStateChange ?? noSubscription,
    connection?.getState ?? (() => idle),
    () => idle,
  );
  return liveStatus(state, useNow(1000));
}

function noSubscription(): () => void {
  return () => undefined;
}
