import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { serversQuery } from "@/client/queries";
import classes from "@/components/ui/filter-chips.module.css";

/** Says that the list is narrowed to one server, and undoes it. */
export function ServerFilter({ id, clear }: { id: string; clear: () => void }) {
  const { data } = useQuery(serversQuery());
  const name = data?.servers.find((server) => server.id === id)?.name ?? "one server";
  return (
    <button type="button" className={classes.chip} onClick={clear} aria-label={`On ${name}: show all servers`}>
      On {name}
      <X size={13} aria-hidden="true" />
    </button>
  );
}
