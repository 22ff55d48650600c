"use client";

import { Button, Menu, Popover } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, GitCompareArrows, Layers, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { actionsQuery } from "@/client/bulk-queries";
import { comparePath } from "@/components/compare/search-compare";
import { useAllowed } from "@/components/shell/user";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import type { ActionView } from "@/lib/bulk/shapes";
import classes from "./action-bar.module.css";
import type { FilterSearch } from "./search-tenants";
import { newRunPath } from "./selection-path";
import type { TenantChoice } from "./use-selection";

const groups = [
  { group: "status", label: "Status" },
  { group: "schema", label: "Schema" },
  { group: "settings", label: "Settings" },
  { group: "maintenance", label: "Maintenance" },
  { group: "removal", label: "Remove" },
] as const;

// Within the bar, which is within the page's content, and without a hidden first thing to focus that is no menu item.
const menu = { width: 260, withinPortal: false, withInitialFocusPlaceholder: false };

/** The actions that the person may plan; empty until they are known. */
export function usePlannable(): ActionView[] {
  const mayLook = useAllowed("bulk:read");
  const { data } = useQuery({ ...actionsQuery(), enabled: mayLook });
  return data?.actions.filter((action) => action.allowed) ?? [];
}

type ActionBarProps = { choice: TenantChoice; actions: ActionView[]; filter: FilterSearch; matching: number };

/** What can be done with the chosen tenants, at the bottom of the screen while there are some. */
export function ActionBar({ choice, actions, filter, matching }: ActionBarProps) {
  const router = useRouter();
  const { size, selection } = choice;
  const start = ({ name }: ActionView) => router.push(newRunPath(name, selection, filter));
  const offered = groups.flatMap(({ group, label }) => {
    const own = actions.filter((action) => action.group === group);
    return own.length > 0 ? [{ label, own }] : [];
  });
  return (
    <>
      <span role="status" className={classes.said}>
        {size > 0 ? `${count(size)} selected` : ""}
      </span>
      {size > 0 && (
        <section className={classes.bar} aria-label="Selected tenants">
          <div className={classes.words}>
            <strong>{count(size)} selected</strong>
            <span className={classes.reach}>
              {selection.all
                ? `${selection.ids.size > 0 ? "Of all" : "All"} ${count(matching)} that match, on every page`
                : size > choice.onPage && `${count(choice.onPage)} of them on this page`}
            </span>
          </div>
          <div className={classes.actions}>
            {offered.map(({ label, own }) => (
              <Menu key={label} position="top-start" {...menu}>
                <Menu.Target>
                  <Button
                    size="xs"
                    variant="default"
                    visibleFrom="md"
                    {...(label === "Remove" && { color: "red", className: classes.removal ?? "" })}
                    rightSection={<ChevronDown size={13} aria-hidden="true" />}
                  >
                    {label}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>{own.map((action) => item(action, start))}</Menu.Dropdown>
              </Menu>
            ))}
            <Popover position="top-end" width={260} withinPortal={false} trapFocus>
              <Popover.Target>
                <Button size="sm" hiddenFrom="md" leftSection={<Layers size={14} aria-hidden="true" />}>
                  Actions
                </Button>
              </Popover.Target>
              <Popover.Dropdown className={classes.all ?? ""} aria-label="Actions">
                {offered.map(({ label, own }) => (
                  <fieldset key={label} className={classes.group}>
                    <legend>{label}</legend>
                    {own.map((action) => (
                      <button
                        key={action.name}
                        type="button"
                        data-destructive={action.danger === "destructive" || undefined}
                        onClick={() => start(action)}
                      >
                        {action.title}…
                      </button>
                    ))}
                  </fieldset>
                ))}
              </Popover.Dropdown>
            </Popover>
            <CompareLink selection={selection} />
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<X size={13} aria-hidden="true" />}
              onClick={choice.clear}
            >
              Clear
            </Button>
          </div>
        </section>
      )}
    </>
  );
}

function CompareLink({ selection }: Pick<TenantChoice, "selection">) {
  const path = selection.all ? null : comparePath(selection.ids);
  const sees = useAllowed("metrics:read");
  if (path === null || !sees) return null;
  return (
    <Button
      component={Link}
      href={path}
      size="xs"
      variant="default"
      leftSection={<GitCompareArrows size={13} aria-hidden="true" />}
    >
      Compare
    </Button>
  );
}

function item(action: ActionView, start: (action: ActionView) => void) {
  return (
    <Menu.Item
      key={action.name}
      title={action.summary}
      {...(action.danger === "destructive" && { className: classes.destructive ?? "" })}
      onClick={() => start(action)}
    >
      {action.title}…
    </Menu.Item>
  );
}

/** Once the page is full, the way to everything that matches; once everything is chosen, that it is. */
export function SelectAllMatching({ choice, matching }: Pick<ActionBarProps, "choice" | "matching">) {
  const { selection, page, onPage } = choice;
  if (page !== "all" || selection.all || matching <= onPage) return null;
  return (
    <p className={classes.offer}>
      All {count(onPage)} on this page are selected.{" "}
      <button type="button" onClick={choice.all}>
        Select all {count(matching)} that match
      </button>
    </p>
  );
}
