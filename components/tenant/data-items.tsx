"use client";

import { Menu } from "@mantine/core";
import { Download, RotateCcw, Upload } from "lucide-react";
import { useAllowed } from "@/components/shell/user";
import { nextStatuses, type TenantView } from "@/lib/tenants/shapes";

export type DataAction = "export-data" | "import-data" | "reset";

const items = {
  "export-data": { label: "Export data…", icon: Download },
  "import-data": { label: "Import data…", icon: Upload },
  reset: { label: "Reset the database…", icon: RotateCcw },
} as const;

/** What this user may do with a tenant's data now. An adopted database is its owner's to fill. */
export function useDataActions({ status, adopted }: TenantView): DataAction[] {
  const may: Record<DataAction, boolean> = {
    "export-data": useAllowed("data:export"),
    "import-data": useAllowed("data:import") && !adopted,
    reset: useAllowed("data:reset") && !adopted,
  };
  const mayConfirm = useAllowed("bulk:confirm");
  if (!mayConfirm || nextStatuses[status].length === 0) return [];
  return (Object.keys(items) as DataAction[]).filter((action) => may[action]);
}

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
