"use client";

import { ActionIcon, Button } from "@mantine/core";
import { Stethoscope } from "lucide-react";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { plural } from "@/components/ui/plural";
import { checkServerContract, listServersContract, type ServerCheck, type ServerView } from "@/lib/servers/contract";
import classes from "./servers.module.css";

/** Connects to a server now, and shows what came of it. */
export function CheckServer({ server: { id, name } }: { server: ServerView }) {
  const readAgain = useReadAgain();
  const { data, error, isPending, mutate, reset } = useSubmit(checkServerContract, () =>
    readAgain(listServersContract),
  );
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={`Check ${name}`}
        loading={isPending}
        onClick={() => mutate({ id })}
      >
        <Stethoscope size={14} aria-hidden="true" />
      </ActionIcon>
      <Dialog opened={data !== undefined || error !== null} close={reset} title={`Check of ${name}`} size="lg">
        <div className={classes.form}>
          <FormError error={error} title="The server was not checked" />
          {data && <Found check={data} />}
          <div className={classes.buttons}>
            <Button variant="default" onClick={reset}>
              Close
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Found({ check }: { check: ServerCheck }) {
  const { reachable, error, rights, sameAs, notCompared, systemId } = check;
  if (!reachable) return <p className={classes.error}>{error}</p>;
  const lacking = rights.filter(({ held, needed }) => needed && !held);
  return (
    <>
      <p>{answerWords(check)}</p>
      {sameAs.length > 0 && (
        <p className={classes.error}>
          It is the same PostgreSQL cluster as {sameAs.map(({ name }) => name).join(", ")}: what is on it is measured
          more than once. Remove one of them.
        </p>
      )}
      {lacking.length > 0 && (
        <p className={classes.error}>
          Its role may not do what is needed: {lacking.map(({ name }) => name).join(", ")}.
        </p>
      )}
      <ul className={classes.rights} aria-label="Rights of its role">
        {rights.map(({ name, words, held, needed }) => (
          <li key={name} data-held={held}>
            <code>{name}</code> {held ? "held" : needed ? "missing" : "not held"}: {words}
          </li>
        ))}
      </ul>
      {systemId === null && <p>Which cluster it is, is not known: its role may not read that.</p>}
      {systemId !== null && notCompared > 0 && (
        <p>It was not compared with {plural(notCompared, "server")} whose cluster is not known. Check those too.</p>
      )}
    </>
  );
}

function answerWords({ version, connectMs, latencyMs, tls, standby }: ServerCheck): string {
  const parts = [
    `PostgreSQL ${version ?? "of an unknown version"}`,
    `signed in within ${connectMs ?? "?"} ms`,
    `a round trip takes ${latencyMs ?? "?"} ms`,
    tls ? "encrypted" : "not encrypted",
  ];
  return `It answers: ${parts.join(", ")}.${standby ? " It is a standby: nothing can be written on it." : ""}`;
}
