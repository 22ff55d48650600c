"use client";

import { Button, Checkbox, FileInput, NumberInput, Radio, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { type FormEvent, useState } from "react";
import { uploadFile } from "@/client/upload";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { TypeToConfirm } from "@/components/ui/type-to-confirm";
import type { TenantView } from "@/lib/tenants/shapes";
import classes from "./tenant.module.css";
import { useRunAction } from "./use-run-action";

type ImportDialogProps = { tenant: TenantView; opened: boolean; close: () => void };

/** Puts an export, of this or another tenant, or a file into a tenant's database. */
export function ImportDialog({ tenant, opened, close }: ImportDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Import data into ${tenant.name}?`}>
      <ImportForm tenant={tenant} close={close} />
    </Dialog>
  );
}

function ImportForm({ tenant: { id, slug }, close }: Omit<ImportDialogProps, "opened">) {
  const [from, setFrom] = useState("file");
  const [file, setFile] = useState<File | null>(null);
  const [run, setRun] = useState("");
  const [position, setPosition] = useState<number>(0);
  const [replace, setReplace] = useState(false);
  const [typed, setTyped] = useState("");
  const submit = useRunAction(`${replace ? "Replace the data" : "Import data into the database"} of ${slug}.`);
  const upload = useMutation({ mutationFn: uploadFile });
  const ready = (from === "file" ? file !== null : run.trim() !== "") && (!replace || typed === slug);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const asked = { id, action: "import-data", replace };
    if (from === "run") return submit.mutate({ ...asked, run: run.trim(), position });
    if (file) upload.mutate(file, { onSuccess: (kept) => submit.mutate({ ...asked, upload: kept.upload }) });
  };
  return (
    <form className={classes.dialog} onSubmit={send}>
      <Radio.Group aria-label="From where" value={from} onChange={setFrom}>
        <div className={classes.choices}>
          <Radio value="file" label="A file" description="What an export left, packed (.sql.gz) or not (.sql)." />
          <Radio
            value="run"
            label="An export of a bulk run"
            description="Also of another tenant: a clone of its data."
          />
        </div>
      </Radio.Group>
      {from === "file" ? (
        <FileInput
          label="File"
          placeholder="Choose a file"
          leftSection={<Upload size={15} aria-hidden="true" />}
          accept=".gz,.sql"
          clearable
          value={file}
          onChange={setFile}
        />
      ) : (
        <>
          <TextInput
            label="Bulk run"
            description="Its id, which stands at the end of its address."
            value={run}
            onChange={(event) => setRun(event.currentTarget.value)}
          />
          <NumberInput
            label="Position"
            description="Of the tenant in that run; 0 where it was of one tenant."
            min={0}
            allowDecimal={false}
            value={position}
            onChange={(value) => setPosition(Number(value) || 0)}
          />
        </>
      )}
      <Checkbox
        label="Replace everything that is there"
        description="The database is made anew first. Otherwise its tables have to be empty."
        checked={replace}
        onChange={(event) => setReplace(event.currentTarget.checked)}
      />
      <p>
        {replace && (
          <>
            What is in the database now is dropped once the import is whole. <strong>This can't be undone.</strong>{" "}
          </>
        )}
        All of it is imported or nothing, by the tenant's own role.
      </p>
      {replace && <TypeToConfirm name={slug} value={typed} onChange={setTyped} />}
      <FormError error={upload.error ?? submit.error} title="Nothing was imported" />
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          type="submit"
          color={replace ? "red" : "petrol"}
          disabled={!ready}
          loading={upload.isPending || submit.isPending}
        >
          {replace ? "Replace data" : "Import"}
        </Button>
      </div>
    </form>
  );
}
