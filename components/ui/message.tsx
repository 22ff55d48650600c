import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./message.module.css";

type MessageProps = { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode; alert?: boolean };

/** What a place says when it has nothing to show: why, and what to do about it. */
export function Message({ icon: Icon, title, children, action, alert = false }: MessageProps) {
  return (
    <div className={classes.message} {...(alert && { role: "alert" })}>
      <span className={classes.icon} aria-hidden="true">
        <Icon size={20} strokeWidth={1.7} />
      </span>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <p className={classes.text}>{children}</p>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
