import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./message.module.css";

type MessageProps = {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  alert?: boolean;
  page?: boolean;
};

/**
 * What a place says when it has nothing to show: why, and what to do about it.
 * With `page` it is all that the page has, and its title is the page's heading.
 */
export function Message({ icon: Icon, title, children, action, alert = false, page = false }: MessageProps) {
  const Title = page ? "h1" : "p";
  return (
    <div className={classes.message} {...(alert && { role: "alert" })}>
      <span className={classes.icon} aria-hidden="true">
        <Icon size={20} strokeWidth={1.7} />
      </span>
      <Title className={classes.title}>{title}</Title>
      {children !== undefined && <p className={classes.text}>{children}</p>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
