"use client";

import { Alert, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { RefreshCw, ShieldCheck, TriangleAlert, Users } from "lucide-react";
import { useQueryStates } from "nuqs";
import { actionsQuery } from "@/client/bulk-queries";
import { useAllowed } from "@/components/shell/user";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyValue } from "@/components/ui/copy-value";
import { FormError } from "@/components/ui/form-error";
import { count } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { RelativeTime } from "@/components/ui/relative-time";
import text from "@/components/ui/text.module.css";
import type { RunDetail } from "@/lib/bulk/shapes";
import { AppError } from "@/lib/kernel/errors";
import { builtInRoles } from "@/lib/kernel/permissions";
import classes from "./bulk.module.css";
import runClasses from "./run.module.css";
import { searchItems } from "./search-items";
import { type RunVerbs, shortDigest } from "./use-run-verbs";
import { runHeading, tenantWords } from "./words";

type PlanPanelProps = { run: RunDetail; verbs: RunVerbs };

/** What will happen, to whom, and the button that makes it happen. */
export function PlanPanel({ run, verbs }: PlanPanelProps) {
  const refused = verbs.confirm.error instanceof AppError ? verbs.confirm.error.reason : undefined;
  const outdated = run.stale > 0 || ["plan_changed", "plan_expired", "plan_tampered"].includes(refused ?? "");
  return (
    <div className={runClasses.plan}>
      <Panel title="What it will do" note="Nothing has been done yet">
        <ul className={runClasses.radius}>
          {run.radius.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        {run.danger === "destructive" && (
          <p className={runClasses.danger}>
            <TriangleAlert size={15} aria-hidden="true" /> Read the list of tenants before you confirm.
          </p>
        )}
        {run.warnings.length === 0 && <p className={text.quiet}>Nothing to warn of.</p>}
      </Panel>
      <section className={runClasses.deed} aria-label="Confirm">
        {outdated ? (
          <Outdated run={run} verbs={verbs} />
        ) : (
          <>
            <SecondPerson run={run} />
            <ConfirmPart run={run} verbs={verbs} />
            <FormError error={verbs.confirm.error} title="It was not started" />
          </>
        )}
        <DiscardPart run={run} verbs={verbs} />
      </section>
      <Warnings run={run} />
    </div>
  );
}

function ConfirmPart({ run, verbs }: PlanPanelProps) {
  if (!run.mayConfirm) return <WhoCan run={run} />;
  const destroys = run.danger === "destructive";
  const second = run.status === "awaiting_second";
  const starts = second || !run.needsSecond;
  return (
    <>
      <Button
        size="lg"
        fullWidth
        color={destroys ? "red" : "petrol"}
        leftSection={<ShieldCheck size={18} aria-hidden="true" />}
        loading={verbs.confirm.isPending}
        onClick={() => verbs.confirm.mutate({ id: run.id, digest: run.digest })}
      >
        {starts ? "Confirm and start" : "Confirm as the first person"}
      </Button>
      <p className={text.quiet}>
        {starts ? `Starts at once: ${runHeading(run)}.` : "Starts only when a second person has confirmed, too."} You
        are asked for a code, which counts for this very plan:{" "}
        <CopyValue value={run.digest} shown={shortDigest(run.digest)} label="the plan's digest" />
      </p>
    </>
  );
}

function SecondPerson({ run }: { run: RunDetail }) {
  if (!run.needsSecond && run.status !== "awaiting_second") return null;
  return (
    <Alert color="petrol" variant="light" icon={<Users size={16} />} title="Two people have to confirm this">
      {run.confirmed === null ? (
        "Nobody has yet."
      ) : (
        <>
          <bdi>{run.confirmed.name}</bdi> did <RelativeTime at={run.confirmed.at} />. Now it takes somebody else.
        </>
      )}
    </Alert>
  );
}

function WhoCan({ run }: { run: RunDetail }) {
  const mayConfirmRuns = useAllowed("bulk:confirm");
  const { data } = useQuery(actionsQuery());
  const action = data?.actions.find(({ name }) => name === run.action);
  const rights = ["bulk:confirm", ...(action ? [action.permission] : [])];
  const roles = Object.entries(builtInRoles)
    .filter(([, role]) => rights.every((right) => role.permissions.some((each) => each === right)))
    .map(([name]) => name);
  const isFirst = run.status === "awaiting_second" && mayConfirmRuns && action?.allowed;
  return (
    <Alert color="gray" variant="light" title={isFirst ? "You were the first" : "You can't confirm this"}>
      {isFirst
        ? "Send the address of this page to somebody who may confirm it, too."
        : `It takes the rights ${rights.join(" and ")}, as ${listed(roles)} have them. Send the address of this page to one of them.`}
    </Alert>
  );
}

function listed(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The plan can't be confirmed as it stands: says why, and makes it anew. */
function Outdated({ run, verbs }: PlanPanelProps) {
  const { error } = verbs.confirm;
  const words =
    run.stale > 0
      ? `${tenantWords(run.stale)} changed since this was planned. What you see may not be what would happen.`
      : (error?.message ?? "");
  const again = () =>
    verbs.replan.mutate(
      { id: run.id },
      {
        onSuccess: () => verbs.confirm.reset(),
      },
    );
  return (
    <>
      <Alert
        color="red"
        variant="light"
        icon={<TriangleAlert size={16} />}
        title="This plan is out of date"
        role="alert"
      >
        {words} It can&apos;t be confirmed; nothing was done.
      </Alert>
      <Button
        size="lg"
        fullWidth
        leftSection={<RefreshCw size={16} aria-hidden="true" />}
        loading={verbs.replan.isPending}
        onClick={again}
      >
        Plan again
      </Button>
      <FormError error={verbs.replan.error} title="The plan was not made anew" />
    </>
  );
}

function DiscardPart({ run, verbs }: PlanPanelProps) {
  const mayControl = useAllowed("bulk:control");
  const [asking, { open, close }] = useDisclosure(false);
  if (!mayControl) return null;
  return (
    <>
      <Button variant="subtle" color="gray" size="xs" onClick={open}>
        Discard this plan…
      </Button>
      <ConfirmDialog
        opened={asking}
        close={close}
        title="Discard this plan?"
        verb="Discard plan"
        keep="Keep it"
        submit={verbs.cancel}
        onConfirm={() => verbs.cancel.mutate({ id: run.id }, { onSuccess: close })}
      >
        <p>No tenant is touched. The plan stays in the history as cancelled.</p>
      </ConfirmDialog>
    </>
  );
}

/** The warnings with how many tenants each is about; a click narrows the list of tenants to those with one. */
function Warnings({ run }: { run: RunDetail }) {
  const [, narrow] = useQueryStates(searchItems);
  if (run.warnings.length === 0) return null;
  const show = () => {
    void narrow({ only: "warned", search: "" });
    document.getElementById("tenants-of-run")?.scrollIntoView({ behavior: "smooth", block: "start" });
  };
  return (
    <Panel title={plural(run.warnings.length, "warning")}>
      <ul className={runClasses.warnings}>
        {run.warnings.map(({ words, tenants }) => (
          <li key={words}>
            <button type="button" onClick={show}>
              <TriangleAlert size={14} aria-hidden="true" />
              <span>{words}</span>
              <span className={classes.number}>
                {count(tenants)} {tenants === 1 ? "tenant" : "tenants"}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
