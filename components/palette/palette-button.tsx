"use client";

import { Search } from "lucide-react";
import { useCommandKey } from "@/components/shell/command-key";
import classes from "./palette-button.module.css";
import { useOpenPalette } from "./palette-provider";

/** Opens the command palette; in the phone's top bar it is its sign alone. */
export function PaletteButton({ compact = false, onOpen }: { compact?: boolean; onOpen?: () => void }) {
  const open = useOpenPalette();
  const command = useCommandKey();
  return (
    <button
      type="button"
      className={classes.button}
      data-compact={compact || undefined}
      aria-label="Search and commands"
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => {
        onOpen?.();
        open();
      }}
    >
      <Search size={compact ? 18 : 14} aria-hidden="true" />
      {!compact && (
        <>
          <span className={classes.words}>Search or do…</span>
          <kbd className={classes.keys}>{command} K</kbd>
        </>
      )}
    </button>
  );
}
