"use client";

import { useQuery } from "@tanstack/react-query";
import { actionsQuery } from "@/client/bulk-queries";
import { Fact } from "@/components/ui/facts";
import type { RunDetail } from "@/lib/bulk/shapes";
import { inputWords, jsonFields } from "./json-fields";

/** What the run was given, a line each, called as the action's form calls it. */
export function InputFacts({ run }: { run: RunDetail }) {
  const { data } = useQuery(actionsQuery());
  const schema = data?.actions.find(({ name }) => name === run.action)?.input;
  return inputWords(schema ? jsonFields(schema) : [], run.input).map(({ label, words }) => (
    <Fact key={label} label={label}>
      {words}
    </Fact>
  ));
}
