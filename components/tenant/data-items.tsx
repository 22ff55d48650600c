"use client";

import { Menu } from "@mantine/core";
import { Download, RotateCcw, Upload } from "lucide-react";

/** What can be done with a tenant's data. */
export const dataActions = ["export-data", "import-data", "reset"] as const;
type DataAction = (typeof dataActions)[number];

const items = {
  "export-data": { label: "Export data…", icon: Download },
  "import-data": { label: "Import data…", icon: Upload },
  reset: { label: "Reset the database…", icon: RotateCcw },
} as const;

/** The menu's items for a tenant's data, under a line of their own. */
export function DataItems({ data, open }: { data: DataAction[]; open: (action: DataAction) => void }) {
  if (data.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      {data.map((action) => {
        const { label, icon: Icon } = items[action];
        return (
          <Menu.Item
            key={action}
            leftSection={<Icon size={14} aria-hidden="true" />}
            {...(action === "reset" && { color: "red" })}
            onClick={() => open(action)}
          >
            {label}
          </Menu.Item>
        );
      })}
    </>
  );
}
