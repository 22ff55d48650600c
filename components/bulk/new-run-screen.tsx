"use client";

import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Layers, MousePointerClick } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useEffect, useState } from "react";
import { actionsQuery } from "@/client/bulk-queries";
import { filterInput } from "@/components/tenants/search-tenants";
import { keptIds, searchNewRun } from "@/components/tenants/selection-path";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import text from "@/components/ui/text.module.css";
import type { ActionView } from "@/lib/bulk/shapes";
import classes from "./bulk.module.css";
import { type Chosen, ChosenTenants } from "./chosen-tenants";
import { NewRunForm } from "./new-run-form";

const groupNames: Record<ActionView["group"], string> = {
  status: "Status",
  schema: "Schema",
  settings: "Settings",
  maintenance: "Maintenance",
  removal: "Remove",
};

/** A new run: what is done, to which tenants, and how. It makes a plan; nothing happens before that is confirmed. */
export function NewRunScreen() {
  const [view, setView] = useQueryStates(searchNewRun);
  const { data, error, refetch } = useQuery(actionsQuery());
  const kept = useKept(view.kept);
  if (!data) return error ? <LoadError what="The actions" error={error} retry={refetch} /> : null;
  const actions = data.actions.filter(({ allowed }) => allowed);
  const action = actions.find(({ name }) => name === view.action);
  const ids = view.kept === null ? view.ids : kept;
  const chosen = ids === undefined ? undefined : ids && chosenOf(view, ids);
  return (
    <>
      <PageHeader
        crumbs={{ trail: [{ href: "/bulk", label: "Bulk runs" }], here: "New run" }}
        title={action ? action.title : "New bulk run"}
        note={
          action?.summary ?? "An action over many tenants. First comes a plan: nothing is done before it is confirmed."
        }
      />
      {chosen === null ? (
        <NobodyChosen lost={view.kept !== null} />
      ) : (
        <div className={classes.narrow}>
          <Panel title="Tenants">{chosen && <ChosenTenants chosen={chosen} view={view} />}</Panel>
          {!action && (
            <Panel title="Action">
              <Select
                label="What is to be done"
                placeholder="Choose an action"
                searchable
                data={menuOf(actions)}
                value={null}
                onChange={(name) => void setView({ action: name })}
              />
              {view.action !== null && (
                <p className={text.quiet}>There is no action “{view.action}” that you may plan.</p>
              )}
            </Panel>
          )}
          {action && chosen && <NewRunForm key={action.name} action={action} chosen={chosen} />}
        </div>
      )}
    </>
  );
}

function menuOf(actions: ActionView[]) {
  return Object.entries(groupNames).flatMap(([group, name]) => {
    const items = actions
      .filter((each) => each.group === group)
      .map((each) => ({ value: each.name, label: each.title }));
    return items.length > 0 ? [{ group: name, items }] : [];
  });
}

/** What this tab keeps under a name: undefined until the page is alive, null where it is not known. */
function useKept(name: string | null): string[] | null | undefined {
  const [found, setFound] = useState<string[] | null | undefined>(undefined);
  useEffect(() => setFound(name === null ? [] : keptIds(name)), [name]);
  return found;
}

function chosenOf(view: Parameters<typeof filterInput>[0] & { all: boolean }, ids: string[]): Chosen | null {
  if (view.all) return { filter: filterInput(view), except: ids };
  return ids.length > 0 ? { tenants: ids } : null;
}

function NobodyChosen({ lost }: { lost: boolean }) {
  return (
    <Message
      icon={lost ? MousePointerClick : Layers}
      title={lost ? "This selection is not known here" : "No tenants are chosen yet"}
      action={
        <Button component={Link} href="/tenants" size="xs">
          Choose tenants
        </Button>
      }
    >
      {lost
        ? "A long selection of single tenants stays with the tab that it was made in. A plan that was made of it can be shared."
        : "Narrow the list of tenants, tick those that are meant, or all that match, and choose what to do with them."}
    </Message>
  );
}
