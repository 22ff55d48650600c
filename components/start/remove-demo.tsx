"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/plural";
import { type DemoView, removeDemoContract } from "@/lib/demo/contract";
import { demoQuery } from "./demo-query";

/** Has the demo fleet removed, after it was said what goes and what stays. */
export function RemoveDemo({ demo }: { demo: DemoView }) {
  const cache = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const submit = useSubmit(
    removeDemoContract,
    (answer) => {
      cache.setQueryData(demoQuery().queryKey, answer);
      close();
    },
    () => `Remove the demo fleet: ${plural(demo.tenants.length, "tenant")} with everything of them.`,
  );
  return (
    <>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={open}>
        Remove it
      </Button>
      <ConfirmDialog
        {...{ opened, close, submit }}
        title="Remove the demo fleet?"
        verb="Remove the demo fleet"
        dangerous
        onConfirm={() => submit.mutate({})}
      >
        <p>
          {plural(demo.tenants.length, "tenant")} that the demo made go with their databases, roles, figures, activities
          and bulk runs: {demo.tenants.map(({ slug }) => slug).join(", ")}. There is no way back; an empty fleet can
          load it again.
        </p>
        <p>
          Tenants of your own stay as they are, whatever they are called. The audit trail keeps what was done, and the
          registry keeps those that a bulk run of yours had chosen, as deleted ones.
        </p>
      </ConfirmDialog>
    </>
  );
}
