"use client";

import { Button, CloseButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { FirstTenant } from "@/components/overview/first-tenant";
import { useAllowedEverywhere, useUser } from "@/components/shell/user";
import { NewTenantButton } from "@/components/tenants/new-tenant-button";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { Overview } from "@/lib/metrics/contract";
import { demoQuery } from "./demo-query";
import { LoadDemo } from "./load-demo";
import { ServerStep } from "./server-step";
import classes from "./start.module.css";
import { useStarted } from "./started";
import { Step } from "./step";

/**
 * The first steps of an installation, each with its state, until they are done or somebody closes them. Who never saw an
 * empty fleet here is not bothered with them.
 */
export function GetStarted({ overview }: { overview: Overview }) {
  const { id } = useUser();
  const may = useAllowedEverywhere("tenants:purge");
  const [started, note] = useStarted(id);
  const empty = overview.tenants === 0;
  const begins = empty && started !== undefined && !started.began;
  useEffect(() => {
    if (begins) note({ began: true });
  });
  const [first] = overview.top.cpu;
  const done = { check: started?.checked === true, tenant: !empty, live: first !== undefined };
  const open = !(done.check && done.tenant && done.live);
  if (started?.closed && empty) return <FirstTenant />;
  if (started?.closed || !open || !may || !(empty || started?.began)) return null;
  return (
    <Panel
      title="Get started"
      note={`${1 + Object.values(done).filter(Boolean).length} of 4 done`}
      actions={<CloseButton size="sm" aria-label="Close the first steps" onClick={() => note({ closed: true })} />}
    >
      <ol className={classes.steps}>
        <Step number={1} title="An owner with a second factor" done />
        <ServerStep number={2} checked={done.check} onChecked={() => note({ checked: true })} />
        <Step number={3} title="The first tenant" done={done.tenant}>
          {!done.tenant && <FirstTenants />}
        </Step>
        <Step number={4} title="See it live" done={done.live}>
          {first && <Live id={first.id} name={first.name} />}
          {!first && (
            <p>{done.tenant ? "The first figures come within seconds." : "Figures move every two seconds."}</p>
          )}
        </Step>
      </ol>
    </Panel>
  );
}

function FirstTenants() {
  const { data: demo } = useQuery(demoQuery());
  if (demo?.state === "loading") return <p>The demo fleet is being loaded.</p>;
  return (
    <>
      <p>
        A tenant is a customer with a PostgreSQL database and a login role of its own. Create the first one, or look
        around with twelve tenants of a demo, which can be removed again.
      </p>
      <div className={classes.actions}>
        <NewTenantButton />
        <LoadDemo />
      </div>
    </>
  );
}

function Live({ id, name }: { id: string; name: string }) {
  return (
    <>
      <p>{name} is being measured. Its page has charts that move every two seconds.</p>
      <div className={classes.actions}>
        <Button size="xs" component={Link} href={`/tenants/${id}`}>
          See it live
        </Button>
      </div>
    </>
  );
}
