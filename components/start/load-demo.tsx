"use client";

import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { useSubmit } from "@/client/use-submit";
import { useAllowed } from "@/components/shell/user";
import { FormError } from "@/components/ui/form-error";
import { loadDemoContract } from "@/lib/demo/contract";
import { demoQuery } from "./demo-query";
import classes from "./start.module.css";

/** Has the demo fleet loaded; where that can't be done, it says why and what to do. */
export function LoadDemo() {
  const cache = useQueryClient();
  const { data: demo } = useQuery(demoQuery());
  const submit = useSubmit(loadDemoContract, (answer) => cache.setQueryData(demoQuery().queryKey, answer));
  const creates = useAllowed("tenants:create");
  if (!demo || !creates || demo.state === "loaded" || demo.state === "loading") return null;
  if (demo.hindrance !== null) return <p className={classes.aside}>{demo.hindrance}</p>;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Sparkles size={14} aria-hidden="true" />}
        loading={submit.isPending}
        disabled={demo.state === "removing"}
        onClick={() => submit.mutate({})}
      >
        Load the demo fleet
      </Button>
      <FormError error={submit.error} title="The demo fleet was not loaded" />
    </>
  );
}
