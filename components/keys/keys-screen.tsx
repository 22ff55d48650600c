"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { BookOpen, KeyRound, Plus } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { keysQuery } from "@/client/access-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowedEverywhere } from "@/components/shell/user";
import { FilterChips } from "@/components/ui/filter-chips";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { useAddressedDialog } from "@/components/ui/use-addressed-dialog";
import type { KeyRow } from "@/lib/keys/contract";
import { KeysTable } from "./keys-table";

const NewKeyDialog = lazyDialog(() => import("./new-key-dialog").then((module) => module.NewKeyDialog));

const views = ["working", "all"] as const;

/** The API keys: what each may do, how long, and when it was last used. */
export function KeysScreen() {
  const { data, error, refetch } = useQuery(keysQuery());
  const [view, setView] = useQueryState("show", parseAsStringLiteral(views).withDefault("working"));
  const { opened, open, close } = useAddressedDialog("new-key");
  const mayMake = useAllowedEverywhere("keys:create");
  const make = mayMake && (
    <Button size="xs" leftSection={<Plus size={14} aria-hidden="true" />} onClick={open}>
      New key
    </Button>
  );
  return (
    <>
      <PageHeader title="API keys" note="Programs sign in with these; each may do no more than it was given">
        {data && data.keys.length > 0 && (
          <ExportMenu table="api-keys" what="API keys" input={view === "all" ? {} : { state: ["active"] }} />
        )}
        <Button
          component="a"
          href="/reference"
          variant="default"
          size="xs"
          leftSection={<BookOpen size={14} aria-hidden="true" />}
        >
          API reference
        </Button>
        {make}
      </PageHeader>
      {!data && error && <LoadError what="The API keys" error={error} retry={refetch} />}
      {data?.keys.length === 0 && (
        <Panel title="Keys" flush>
          <Message icon={KeyRound} title="No API key yet" action={make}>
            A key lets a program call the REST API. You choose its permissions, its tenants and the day it ends.
            {!make && " Your role may see keys, not make them."}
          </Message>
        </Panel>
      )}
      {data && data.keys.length > 0 && <Keys keys={data.keys} view={view} onView={(next) => void setView(next)} />}
      <NewKeyDialog opened={opened && mayMake} close={close} />
    </>
  );
}

type View = (typeof views)[number];

function Keys({ keys, view, onView }: { keys: KeyRow[]; view: View; onView: (view: View) => void }) {
  const working = keys.filter((key) => key.state === "active");
  const shown = view === "all" ? keys : working;
  return (
    <Panel
      title="Keys"
      actions={
        <FilterChips
          label="Which keys"
          value={view}
          onChange={onView}
          choices={[
            { value: "working", label: "Working", count: working.length },
            { value: "all", label: "All", count: keys.length },
          ]}
        />
      }
      flush
    >
      {shown.length > 0 ? (
        <KeysTable keys={shown} />
      ) : (
        <Message
          icon={KeyRound}
          title="No key works now"
          action={
            <Button variant="default" size="xs" onClick={() => onView("all")}>
              Show all keys
            </Button>
          }
        >
          All of them were revoked or have expired.
        </Message>
      )}
    </Panel>
  );
}
