"use client";

import { Alert, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Network, Plus } from "lucide-react";
import { ipRulesQuery } from "@/client/access-queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { useAllowedEverywhere } from "@/components/shell/user";
import { CopyValue } from "@/components/ui/copy-value";
import layout from "@/components/ui/layout.module.css";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import classes from "./ip-rules.module.css";
import { effectOf } from "./rule-words";
import { RulesTable } from "./rules-table";

const AddRuleDialog = lazyDialog(() => import("./add-rule-dialog").then((module) => module.AddRuleDialog));

/** From which networks the console and the API may be reached. */
export function IpRulesScreen() {
  const { data, error, refetch } = useQuery(ipRulesQuery());
  const [opened, { open, close }] = useDisclosure(false);
  const add = useAllowedEverywhere("addresses:update") && (
    <Button size="xs" leftSection={<Plus size={14} aria-hidden="true" />} onClick={open}>
      Add rule
    </Button>
  );
  return (
    <>
      <PageHeader title="IP rules" note="From which networks this installation may be reached">
        {add}
      </PageHeader>
      {!data && error && <LoadError what="The IP rules" error={error} retry={refetch} />}
      {data && (
        <div className={layout.stack}>
          <Alert variant="light" color={data.rules.length === 0 ? "gray" : "petrol"} title="What this means now">
            <ul className={classes.effect}>
              {effectOf(data.rules).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
            <span className={classes.you}>
              Your address:{" "}
              {data.yourAddress === null ? "not known" : <CopyValue value={data.yourAddress} label="your address" />}
            </span>
          </Alert>
          <Panel
            title="Rules"
            actions={data.rules.length > 0 && <ExportMenu table="ip-rules" what="IP rules" input={{}} />}
            flush
          >
            {data.rules.length === 0 ? (
              <Message icon={Network} title="No rule yet" action={add}>
                Without rules, everybody who can reach this server can try to sign in.{" "}
                {add ? "Allow your own network first." : "Your role may see rules, not add them."}
              </Message>
            ) : (
              <RulesTable rules={data.rules} />
            )}
          </Panel>
        </div>
      )}
      <AddRuleDialog opened={opened} yourAddress={data?.yourAddress ?? null} close={close} />
    </>
  );
}
