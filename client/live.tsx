"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { liveWriter } from "./live-apply";
import { type ConnectionState, LiveConnection } from "./live-connection";
import { type LiveStatus, liveStatus } from "./live-status";
import { useNow } from "./now";

const LiveContext = createContext<LiveConnection | null>(null);
const idle: ConnectionState = { phase: "idle", since: 0, lastTickAt: null, refusal: null };

type LiveProviderProps = { allowed: boolean; children: ReactNode };

/**
 * Owns the tab's one live connection and keeps the query cache current from it. Whom the stream would be refused to
 * (`allowed` is false) gets no connection: there is nothing to follow.
 */
export function LiveProvider({ allowed, children }: LiveProviderProps) {
  const cache = useQueryClient();
  const [writer] = useState(() => liveWriter(cache));
  const [connection] = useState(() => new LiveConnection(writer.write));
  useEffect(() => {
    const stopHealing = writer.heal();
    const stopWatching = pauseWhileHidden(connection, () => void cache.invalidateQueries());
    return () => {
      stopHealing();
      stopWatching();
      connection.close();
    };
  }, [connection, writer, cache]);
  return <LiveContext value={allowed ? connection : null}>{children}</LiveContext>;
}

/** Milliseconds for which a tab may be behind others before it lets go of the stream. */
const patience = 10_000;

/** A tab that nobody sees costs nothing: it lets go of the stream, and reads anew what it missed once it is seen again. */
function pauseWhileHidden(connection: LiveConnection, missed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turn = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => connection.pause(), patience);
    else if (connection.resume()) missed();
  };
  document.addEventListener("visibilitychange", turn);
  // One that is opened behind others never gets so far: a browser has six connections to a host, and six such tabs
  // would leave none for the tab in front.
  if (document.hidden) connection.pause();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", turn);
  };
}

/** Follows topics of the live stream while the component is on screen; without topics, nothing. */
export function useLive(...topics: string[]): void {
  const connection = useContext(LiveContext);
  const key = topics.join(",");
  useEffect(() => (key === "" ? undefined : connection?.follow(key.split(","))), [connection, key]);
}

/** Tells when the connection is lost and when it comes back: the server closes it when rights change or a session ends. */
export function useLiveTurns(onTurn: () => void): void {
  const connection = useContext(LiveContext);
  useEffect(() => {
    let before = connection?.getState().phase;
    return connection?.onStateChange(() => {
      const { phase } = connection.getState();
      if (phase !== before && (phase === "lost" || before === "lost")) onTurn();
      before = phase;
    });
  }, [connection, onTurn]);
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
