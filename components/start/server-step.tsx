"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Stethoscope } from "lucide-react";
import { serversQuery, ticksQuery } from "@/client/queries";
import { useSubmit } from "@/client/use-submit";
import { useAllowedEverywhere } from "@/components/shell/user";
import { FormError } from "@/components/ui/form-error";
import { Link } from "@/components/ui/link";
import { checkServerContract, type ServerView } from "@/lib/servers/contract";
import { type Finding, findingsOf } from "./findings";
import classes from "./start.module.css";
import { Step } from "./step";

type ServerStepProps = { number: number; checked: boolean; onChecked: () => void };

/** The first server: asked what can be measured there, and how; or, where there is none, how to have one. */
export function ServerStep({ number, checked, onChecked }: ServerStepProps) {
  const { data } = useQuery(serversQuery());
  if (!data) return <Step number={number} title="Check the first server" done={checked} />;
  const [server] = data.servers;
  if (server) return <Check {...{ number, server, checked, onChecked }} />;
  return (
    <Step number={number} title="Add the first server" done={false}>
      <p>
        There is no server yet. Add the PostgreSQL server (15 or newer) that is to hold tenants' databases; its
        administrator role needs CREATEDB and CREATEROLE.
      </p>
      <div className={classes.actions}>
        <Button size="xs" component={Link} href="/servers">
          Add a server
        </Button>
      </div>
    </Step>
  );
}

function Check({ number, server, checked, onChecked }: ServerStepProps & { server: ServerView }) {
  const { data: ticks } = useQuery(ticksQuery());
  const { data, error, isPending, mutate } = useSubmit(
    checkServerContract,
    ({ reachable }) => reachable && onChecked(),
  );
  const may = useAllowedEverywhere("databases:maintain");
  return (
    <Step number={number} title="Check the first server" done={checked}>
      <p>
        Ask <Link href="/servers">{server.name}</Link> what can be measured there, and how.
      </p>
      <FormError error={error} title="The server was not checked" />
      {data && <Findings findings={findingsOf(data, ticks[server.id])} />}
      {may && (
        <div className={classes.actions}>
          <Button
            size="xs"
            variant={checked ? "default" : "filled"}
            leftSection={<Stethoscope size={14} aria-hidden="true" />}
            loading={isPending}
            onClick={() => mutate({ id: server.id })}
          >
            {data || checked ? "Check again" : "Check the server"}
          </Button>
        </div>
      )}
    </Step>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul className={classes.findings} aria-label="What the check found">
      {findings.map(({ what, how, good }) => (
        <li key={what} data-good={good}>
          <strong>{what}</strong> {how}
        </li>
      ))}
    </ul>
  );
}
