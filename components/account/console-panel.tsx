"use client";

import { Select, Switch } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useChosenZone, useViewerZone } from "@/client/viewer";
import { browserZone, chooseZone } from "@/client/zone";
import { isZoneMeant } from "@/components/analytics/zone-search";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { useShortcuts } from "@/components/shell/use-shortcuts";
import { Panel } from "@/components/ui/panel";
import classes from "./account.module.css";

/** How the console looks and reads in this browser. */
export function ConsolePanel() {
  const { enabled, setEnabled } = useShortcuts();
  return (
    <Panel title="This console" note="Kept by this browser">
      <div className={classes.console}>
        <ZoneChoice />
        <div>
          <p className={classes.label}>Theme</p>
          <ThemeSwitch />
        </div>
        <Switch
          label="Single-key shortcuts"
          description="Such as g then t for the tenants; ? lists them"
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      </div>
    </Panel>
  );
}

const asBrowser = "browser";

function ZoneChoice() {
  const chosen = useChosenZone();
  const zone = useViewerZone();
  const mounted = useMounted();
  const own = mounted ? browserZone() : zone;
  const named = mounted ? Intl.supportedValuesOf("timeZone") : [];
  const zones = [...new Set(["UTC", ...(chosen === null ? [] : [chosen]), ...named])];
  return (
    <Select
      label="Time zone"
      description="Of all times, charts and date fields"
      searchable
      allowDeselect={false}
      data={[{ value: asBrowser, label: `As the browser (${own})` }, ...zones]}
      value={chosen ?? asBrowser}
      onChange={(value) => chooseZone(value === asBrowser ? null : value)}
      filter={({ options, search, limit }) =>
        options.filter((option) => "value" in option && isZoneMeant(option.label, search)).slice(0, limit)
      }
      limit={60}
      nothingFoundMessage="There is no such zone."
    />
  );
}
