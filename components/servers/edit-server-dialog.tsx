"use client";

import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import { useReadAgain } from "@/client/read-again";
import { useContractForm } from "@/client/use-contract-form";
import { Dialog } from "@/components/ui/dialog";
import formClasses from "@/components/ui/form.module.css";
import { FormError } from "@/components/ui/form-error";
import { plural } from "@/components/ui/plural";
import { sayDone } from "@/components/ui/toast";
import { editServerContract, listServersContract, type ServerView } from "@/lib/servers/contract";
import { listTenantsContract } from "@/lib/tenants/contract";
import classes from "./servers.module.css";

type EditServerDialogProps = { server: ServerView; opened: boolean; close: () => void };

/** Changes a server's name, region, capacity and pooler. */
export function EditServerDialog({ server, opened, close }: EditServerDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Edit ${server.name}`} size="lg">
      <EditServerForm server={server} close={close} />
    </Dialog>
  );
}

const ways = [
  { mode: "none", label: "To the server itself", words: "Tenantry's own pools are all there is." },
  { mode: "session", label: "Through a pooler, session mode", words: "A client has a connection until it leaves." },
  {
    mode: "transaction",
    label: "Through a pooler, transaction mode",
    words: "A client has a connection for one transaction. Use it for very many tenants.",
  },
] as const;

type Mode = (typeof ways)[number]["mode"];

const mibInGib = 1024;

const valuesOf = ({ name, region, pooler, storageCapacityMb, accepting }: ServerView) => ({
  name,
  region,
  accepting,
  storageCapacityMb: storageCapacityMb === null ? "" : String(storageCapacityMb / mibInGib),
  mode: (pooler?.mode ?? "none") as Mode,
  pooler: { host: pooler?.host ?? "", port: String(pooler?.port ?? 6432) },
});

const addressOf = ({ host, port }: { host: string; port: string }) => `${host.trim()}:${port.trim()}`;

function EditServerForm({ server, close }: Omit<EditServerDialogProps, "opened">) {
  const readAgain = useReadAgain();
  const { form, submit, send } = useContractForm({
    contract: editServerContract,
    initialValues: valuesOf(server),
    input: ({ name, region, accepting, mode, pooler, storageCapacityMb: gib }) => {
      const storageCapacityMb = gib.trim() === "" ? null : Number(gib.trim().replace(",", ".")) * mibInGib;
      const place = { name, region, accepting, storageCapacityMb };
      return { id: server.id, ...place, pooler: mode === "none" ? null : { ...pooler, mode } };
    },
    onDone: (changed) => {
      readAgain(listServersContract, listTenantsContract);
      sayDone(`${changed.name} was changed.`);
      close();
    },
    confirming: () => `Change the server ${server.name}.`,
  });
  const { mode, pooler } = form.values;
  const before = valuesOf(server);
  const moves = mode !== before.mode || (mode !== "none" && addressOf(pooler) !== addressOf(before.pooler));
  const pooled = mode !== "none";
  const text = (name: "name" | "region" | "storageCapacityMb" | "pooler.host" | "pooler.port") =>
    form.getInputProps(name);
  return (
    <form className={classes.form} onSubmit={send} noValidate>
      <div className={classes.pair}>
        <TextInput label="Name" data-autofocus {...text("name")} />
        <TextInput label="Region" {...text("region")} />
      </div>
      <TextInput
        label="Holds at most, in GiB"
        description="All tenants' databases together, for the forecast. Empty: as large as the disk is measured, where the server is local."
        inputMode="decimal"
        {...text("storageCapacityMb")}
      />
      <Checkbox
        label="Takes new tenants"
        description="Without this, those that are on it stay, and no new ones are placed on it."
        {...form.getInputProps("accepting", { type: "checkbox" })}
      />
      <Radio.Group label="Where tenants' apps connect" {...form.getInputProps("mode")}>
        <div className={classes.ways}>
          {ways.map(({ mode: value, label, words }) => (
            <Radio key={value} value={value} label={label} description={words} />
          ))}
        </div>
      </Radio.Group>
      {pooled && (
        <>
          <div className={classes.pair}>
            <TextInput
              label="Pooler's host"
              placeholder="pooler.internal"
              spellCheck={false}
              {...text("pooler.host")}
            />
            <TextInput label="Pooler's port" inputMode="numeric" {...text("pooler.port")} />
          </div>
          <p>
            The pooler has to pass on every tenant's database and sign in every tenant's role: for PgBouncer an entry{" "}
            <code>* = host=…</code> and an <code>auth_query</code>. Before saving, Tenantry only opens a TCP connection
            to it; whether tenants can sign in there shows once their apps do. Tenantry itself goes on connecting to the
            server directly.
          </p>
        </>
      )}
      {server.tenants > 0 && moves && (
        <p role="status">Saving makes the apps of {plural(server.tenants, "tenant")} connect anew within a second.</p>
      )}
      <FormError
        error={submit.error}
        title="Not saved"
        atFields={["name", "region", "storageCapacityMb", "pooler.host", "pooler.port"]}
      />
      <div className={`${classes.buttons} ${formClasses.footer}`}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={submit.isPending} disabled={!form.isDirty()}>
          Save
        </Button>
      </div>
    </form>
  );
}
