"use client";

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { serversQuery } from "@/client/queries";
import { serverStates } from "@/components/servers/server-states";
import type { ServerView } from "@/lib/servers/contract";

type ServerSelectProps = { value: string; error?: string | undefined; onChange: (id: string) => void };

/** Chooses a server, each with its region, state and how many tenants it has; the only one is chosen at once. */
export function ServerSelect({ value, error, onChange }: ServerSelectProps) {
  const { data, error: failure, isPending } = useQuery(serversQuery());
  const first = data?.servers.find((server) => server.accepting && server.state === "ok") ?? data?.servers[0];
  const choose = useRef(onChange);
  choose.current = onChange;
  useEffect(() => {
    if (value === "" && first) choose.current(first.id);
  }, [value, first]);
  const message = error ?? failure?.message;
  return (
    <Select
      label="Server"
      placeholder={isPending ? "Loading servers…" : "Choose a server"}
      value={value === "" ? null : value}
      onChange={(id) => onChange(id ?? "")}
      allowDeselect={false}
      required
      withAsterisk={false}
      nothingFoundMessage="No server yet. Add one on the Servers page."
      {...(message !== undefined && { error: message })}
      data={(data?.servers ?? []).map((server) => ({
        value: server.id,
        label: wordsOf(server),
        disabled: server.state === "unreachable" || !server.accepting,
      }))}
    />
  );
}

function wordsOf({ name, region, state, tenants, accepting }: ServerView): string {
  const parts = [name, region, `${tenants} ${tenants === 1 ? "tenant" : "tenants"}`];
  if (!accepting) return [...parts, "takes no new tenants"].join(" · ");
  return (state === "ok" ? parts : [...parts, serverStates[state].word.toLowerCase()]).join(" · ");
}
