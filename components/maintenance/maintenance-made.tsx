import { Button } from "@mantine/core";
import { CopyValue } from "@/components/ui/copy-value";
import classes from "@/components/ui/form.module.css";
import { ShownOnce } from "@/components/ui/shown-once";
import type { OutputOf } from "@/lib/kernel/contract";
import type { startMaintenanceContract } from "@/lib/maintenance/contract";

type MaintenanceMadeProps = { made: OutputOf<typeof startMaintenanceContract>; close: () => void };

/** That maintenance goes on, and how people and programs are served nevertheless. */
export function MaintenanceMade({ made: { bypassUrl, bypassToken }, close }: MaintenanceMadeProps) {
  const header = `x-tenantry-bypass: ${bypassToken}`;
  return (
    <div className={classes.form}>
      <p>The app is in maintenance. Whoever opens this link is served as ever, in that browser, for twelve hours:</p>
      <ShownOnce label="Bypass link" value={bypassUrl} />
      <div className={classes.note}>
        Programs send a header: <CopyValue value={header} label="the bypass header" wraps />
      </div>
      <div className={classes.buttons}>
        <Button onClick={close}>Done</Button>
      </div>
    </div>
  );
}
