"use client";

import { useDisclosure, useLocalStorage } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useNewTenant } from "@/components/tenants/use-new-tenant";
import { isDialogOpen } from "./dialog-open";
import { placesOf } from "./places";
import { shortcutReader, takesKeys, type Wish } from "./shortcut-keys";
import { ShortcutsContext } from "./use-shortcuts";
import { useAllowed, useUser } from "./user";

const ShortcutsDialog = dynamic(() => import("./shortcuts-dialog").then((module) => module.ShortcutsDialog), {
  ssr: false,
});

/** Hears single keys: to go to places, to search, for a new tenant, for help. None while something is typed or open. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [enabled, setEnabled] = useLocalStorage({ key: "tenantry.shortcuts", defaultValue: true });
  const [opened, { open, close }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const show = useCallback(() => {
    setWanted(true);
    open();
  }, [open]);
  const fulfil = useFulfil(show);
  useEffect(() => {
    if (!enabled) return;
    const read = shortcutReader();
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || takesKeys(document.activeElement) || isDialogOpen()) return;
      const wish = read(event, event.timeStamp);
      if (wish && fulfil(wish)) event.preventDefault();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [enabled, fulfil]);
  const value = useMemo(() => ({ enabled, setEnabled, show }), [enabled, setEnabled, show]);
  return (
    <ShortcutsContext value={value}>
      {children}
      {wanted && <ShortcutsDialog opened={opened} close={close} />}
    </ShortcutsContext>
  );
}

/** Does what a key asks for; says whether there was something to do. */
function useFulfil(help: () => void): (wish: Wish) => boolean {
  const router = useRouter();
  const user = useUser();
  const mayCreate = useAllowed("tenants:create");
  const { open: newTenant } = useNewTenant();
  return useCallback(
    (wish) => {
      if (wish.kind === "help") return done(help);
      if (wish.kind === "new") return mayCreate && done(newTenant);
      if (wish.kind === "search") return focusSearch();
      const { fleet, access } = placesOf(user);
      const place = [...fleet, ...access, { key: "c", href: "/account" }].find(({ key }) => key === wish.key);
      return place !== undefined && done(() => router.push(place.href));
    },
    [router, user, mayCreate, newTenant, help],
  );
}

function done(act: () => void): true {
  act();
  return true;
}

/** Puts the focus into the page's search field; false where it has none. */
function focusSearch(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement>('#content input[type="search"]');
  const shown = [...fields].find((field) => field.offsetParent !== null && !field.disabled);
  if (!shown) return false;
  shown.focus();
  shown.select();
  return true;
}
