"use client";

import { Modal, Switch } from "@mantine/core";
import { useCommandKey } from "./command-key";
import { placesOf } from "./places";
import classes from "./shortcuts-dialog.module.css";
import { useShortcuts } from "./use-shortcuts";
import { useAllowed, useUser } from "./user";

/** All shortcuts of the keyboard that are of use to this user, and the switch that turns them off. */
export function ShortcutsDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { enabled, setEnabled } = useShortcuts();
  const { fleet, access } = placesOf(useUser());
  const command = useCommandKey();
  const mayCreate = useAllowed("tenants:create");
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Keyboard shortcuts"
      size="lg"
      closeOnClickOutside
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className={classes.columns}>
        <Shortcuts
          title="Anywhere"
          rows={[
            [[command, "K"], "Search and commands"],
            [["/"], "Search this page"],
            ...(mayCreate ? [[["n"], "New tenant"] as Row] : []),
            [["?"], "These shortcuts"],
            [["Esc"], "Close what is open"],
          ]}
        />
        <Shortcuts
          title="Go to"
          rows={[...fleet, ...access, { key: "c", label: "Account" }].map(({ key, label }): Row => [["g", key], label])}
        />
      </div>
      <Switch
        mt="lg"
        label="Single-key shortcuts"
        description={`Off, only ${command} K is heard. This browser keeps the choice.`}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
    </Modal>
  );
}

type Row = [keys: string[], does: string];

function Shortcuts({ title, rows }: { title: string; rows: readonly Row[] }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.rows}>
        {rows.map(([keys, does]) => (
          <div key={does} className={classes.row}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
