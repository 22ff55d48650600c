"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Download, ListX } from "lucide-react";
import { useState } from "react";
import { kindsQuery } from "@/client/reports-queries";
import { Dialog } from "@/components/ui/dialog";
import form from "@/components/ui/form.module.css";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import type { KindView } from "@/lib/reports/shapes";
import { takenBy } from "./choice";
import { ColumnChooser } from "./column-chooser";
import { tablePath } from "./table-path";
import { useAsk } from "./use-ask";

type ColumnsDialogProps = {
  table: string;
  what: string;
  input: Readonly<Record<string, unknown>>;
  opened: boolean;
  close: () => void;
};

/** Chooses which columns a table's file has, and in which order; then downloads it, or has it made. */
export function ColumnsDialog({ table, what, input, opened, close }: ColumnsDialogProps) {
  return (
    <Dialog opened={opened} close={close} title={`Columns: ${what}`} size="lg">
      <Known table={table} input={input} close={close} />
    </Dialog>
  );
}

function Known({ table, input, close }: Pick<ColumnsDialogProps, "table" | "input" | "close">) {
  const { data, error, refetch } = useQuery(kindsQuery());
  if (!data) return error ? <LoadError what="The columns" error={error} retry={refetch} /> : <p>Loading…</p>;
  const kind = data.kinds.find(({ name }) => name === table);
  if (kind) return <Choose kind={kind} input={input} close={close} />;
  return (
    <Message icon={ListX} title="You can't have this table as a file">
      It tells more than your role may see, or takes rights over all tenants. An owner can change your role.
    </Message>
  );
}

function Choose({ kind, input, close }: { kind: KindView } & Pick<ColumnsDialogProps, "input" | "close">) {
  const all = kind.columns.map(({ name }) => name);
  const [chosen, setChosen] = useState(all);
  const ask = useAsk(close);
  const none = chosen.length === 0;
  const taken = takenBy(kind, input);
  return (
    <div className={`${form.form} ${form.tall}`}>
      <p className={form.note}>{kind.words}</p>
      <ColumnChooser columns={kind.columns} chosen={chosen} onChange={setChosen} />
      <div className={`${form.buttons} ${form.footer}`}>
        <Button
          variant="default"
          disabled={none}
          loading={ask.isPending}
          onClick={() => ask.mutate({ kind: kind.name, input: { ...taken, columns: chosen } })}
        >
          Make it in the background
        </Button>
        {none ? (
          <Button disabled leftSection={<Download size={15} aria-hidden="true" />}>
            Download CSV
          </Button>
        ) : (
          <Button
            component="a"
            href={tablePath(kind.name, taken, chosen)}
            download
            leftSection={<Download size={15} aria-hidden="true" />}
          >
            Download CSV
          </Button>
        )}
      </div>
    </div>
  );
}
