"use client";

import { ActionIcon, Button, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Bookmark, ChevronDown, Trash2 } from "lucide-react";
import { useState } from "react";
import { filtersQuery } from "@/client/bulk-queries";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { sayDone } from "@/components/ui/toast";
import { listFiltersContract, removeFilterContract, type SavedFilterView } from "@/lib/filters/contract";
import classes from "./saved-filters.module.css";
import { type FilterSearch, viewOf } from "./search-tenants";

const SaveFilterDialog = lazyDialog(() => import("./save-filter-dialog").then((module) => module.SaveFilterDialog));

type SavedFiltersProps = { filter: FilterSearch; narrowed: boolean; choose: (filter: FilterSearch) => void };

/** Filters that were given a name: chosen, removed, and the present one saved. */
export function SavedFilters({ filter, narrowed, choose }: SavedFiltersProps) {
  const { data } = useQuery(filtersQuery());
  const [opened, { toggle, close }] = useDisclosure(false);
  const [saving, save] = useDisclosure(false);
  const [removing, setRemoving] = useState<SavedFilterView | null>(null);
  const filters = data?.filters ?? [];
  return (
    <>
      <Popover opened={opened} onChange={(open) => !open && close()} position="bottom-start" width={280} trapFocus>
        <Popover.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<Bookmark size={13} aria-hidden="true" />}
            rightSection={<ChevronDown size={13} aria-hidden="true" />}
            onClick={toggle}
          >
            Saved filters
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown ?? ""} aria-label="Saved filters">
          {filters.length === 0 ? (
            <p className={classes.none}>None yet. Narrow the list, then save it here under a name.</p>
          ) : (
            <ul className={classes.list}>
              {filters.map((each) => (
                <li key={each.id}>
                  <button
                    type="button"
                    className={classes.choose}
                    title={`Saved by ${each.createdBy}`}
                    onClick={() => {
                      choose(viewOf(each.filter));
                      close();
                    }}
                  >
                    {each.name}
                  </button>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove the filter ${each.name}`}
                    onClick={() => {
                      setRemoving(each);
                      close();
                    }}
                  >
                    <Trash2 size={14} aria-hidden="true" />
                  </ActionIcon>
                </li>
              ))}
            </ul>
          )}
          <Button
            size="xs"
            variant="light"
            fullWidth
            disabled={!narrowed}
            onClick={() => {
              close();
              save.open();
            }}
          >
            {narrowed ? "Save the present filter…" : "Nothing is narrowed to be saved"}
          </Button>
        </Popover.Dropdown>
      </Popover>
      <SaveFilterDialog opened={saving} close={save.close} filter={filter} taken={filters.map(({ name }) => name)} />
      <RemoveFilter filter={removing} close={() => setRemoving(null)} />
    </>
  );
}

function RemoveFilter({ filter, close }: { filter: SavedFilterView | null; close: () => void }) {
  const readAgain = useReadAgain();
  const submit = useSubmit(removeFilterContract, () => {
    readAgain(listFiltersContract);
    sayDone("The filter was removed.");
    close();
  });
  return (
    <ConfirmDialog
      opened={filter !== null}
      close={close}
      title={`Remove the filter ${filter?.name ?? ""}?`}
      verb="Remove"
      dangerous
      submit={submit}
      onConfirm={() => filter && submit.mutate({ id: filter.id })}
    >
      <p>No tenant is touched: only the saved name goes.</p>
    </ConfirmDialog>
  );
}
