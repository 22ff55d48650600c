"use client";

import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { usePageArrived } from "@/client/page-arrival";
import { isDialogOpen } from "@/components/shell/dialog-open";

const load = () => import("./palette").then((module) => module.Palette);
const Palette = dynamic(load, { ssr: false });

const VisitWatch = dynamic(() => import("./visit-watch").then((module) => module.VisitWatch), { ssr: false });

const PaletteContext = createContext<() => void>(() => undefined);

/** Opens the command palette. */
export function useOpenPalette(): () => void {
  return use(PaletteContext);
}

/**
 * The command palette, by Ctrl+K or Cmd+K from anywhere. Its code is no part of the first page: it is fetched when the
 * browser has nothing else to do, or when it is first asked for.
 */
export function PaletteProvider({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const arrived = usePageArrived();
  const open = useCallback(() => {
    setWanted(true);
    setOpened(true);
  }, []);
  const close = useCallback(() => setOpened(false), []);
  const path = usePathname();
  // By the browser's own way back, say: what was looked for was looked for on that page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is the occasion
  useEffect(close, [path]);
  useEffect(() => whenIdle(() => void load()), []);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!isPaletteKey(event) || (!opened && isDialogOpen())) return;
      event.preventDefault();
      opened ? close() : open();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [opened, open, close]);
  const palette = useMemo(
    () => wanted && arrived && <Palette opened={opened} close={close} />,
    [wanted, arrived, opened, close],
  );
  return (
    <PaletteContext value={open}>
      {children}
      {palette}
      <VisitWatch />
    </PaletteContext>
  );
}

function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

// Safari has no requestIdleCallback.
function whenIdle(act: () => void): () => void {
  if ("requestIdleCallback" in window) {
    const asked = window.requestIdleCallback(act, { timeout: 8000 });
    return () => window.cancelIdleCallback(asked);
  }
  const timer = setTimeout(act, 3000);
  return () => clearTimeout(timer);
}
