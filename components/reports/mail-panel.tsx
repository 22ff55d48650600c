"use client";

import { Alert, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { MailCheck, MailX } from "lucide-react";
import { mailQuery } from "@/client/reports-queries";
import { useContractForm } from "@/client/use-contract-form";
import { useAllowed, useUser } from "@/components/shell/user";
import { Fact, Facts } from "@/components/ui/facts";
import { FormError } from "@/components/ui/form-error";
import layout from "@/components/ui/layout.module.css";
import { LoadError } from "@/components/ui/load-error";
import { Panel } from "@/components/ui/panel";
import { mailTestContract } from "@/lib/reports/contract-schedules";
import classes from "./reports.module.css";

/** Whether mail is set up, and a mail to try it. */
export function MailPanel() {
  const { data, error, refetch } = useQuery(mailQuery());
  const may = useAllowed("reports:schedule");
  if (!data) return error ? <LoadError what="Whether mail is set up" error={error} retry={refetch} /> : null;
  return (
    <Panel title="Mail">
      <div className={layout.stack}>
        {data.configured ? (
          <Facts>
            <Fact label="From">{data.from ?? "not set"}</Fact>
            <Fact label="Mail server">{data.server ?? "not set"}</Fact>
            <Fact label="May go to">{data.domains.length === 0 ? "Any address" : data.domains.join(", ")}</Fact>
          </Facts>
        ) : (
          <Alert color="gray" variant="light" icon={<MailX size={16} aria-hidden="true" />} title="Mail is not set up">
            {data.words ?? "SMTP_URL is not set."} Until then, reports of schedules are kept for download only.
          </Alert>
        )}
        {data.configured && data.words !== null && (
          <Alert color="gray" variant="light" title="Mail may not work as it is set up">
            {data.words}
          </Alert>
        )}
        {data.configured && may && <TestMail />}
      </div>
    </Panel>
  );
}

function TestMail() {
  const { email } = useUser();
  const { form, submit, send } = useContractForm({
    contract: mailTestContract,
    initialValues: { address: email },
    input: ({ address }) => ({ address }),
    onDone: () => undefined,
  });
  return (
    <form onSubmit={send} noValidate className={layout.stack}>
      <div className={classes.test}>
        <TextInput type="email" label="Send a test mail to" autoComplete="email" {...form.getInputProps("address")} />
        <Button type="submit" variant="default" loading={submit.isPending}>
          Send a test mail
        </Button>
      </div>
      <FormError error={submit.error} title="No mail was sent" atFields={["address"]} />
      {submit.data && (
        <Alert
          color={submit.data.sent ? "petrol" : "red"}
          variant="light"
          role={submit.data.sent ? "status" : "alert"}
          icon={submit.data.sent ? <MailCheck size={16} aria-hidden="true" /> : <MailX size={16} aria-hidden="true" />}
          title={submit.data.sent ? `The mail server took it for ${submit.data.address}` : "It was not sent"}
        >
          {submit.data.words}
        </Alert>
      )}
    </form>
  );
}
