"use client";

import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import type { OutputOf } from "@/lib/kernel/contract";
import type { createKeyContract } from "@/lib/keys/contract";
import { NewKeyForm } from "./new-key-form";
import { NewKeyMade } from "./new-key-made";

type Made = OutputOf<typeof createKeyContract>;

/** Makes an API key, then shows it, once. */
export function NewKeyDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const [made, setMade] = useState<Made | null>(null);
  const leave = () => {
    close();
    setMade(null);
  };
  return (
    <Dialog
      opened={opened}
      close={leave}
      title={made ? `The key ${made.key.name}` : "New API key"}
      size="xl"
      holds={made !== null}
    >
      {made ? <NewKeyMade made={made} close={leave} /> : <NewKeyForm onMade={setMade} close={leave} />}
    </Dialog>
  );
}
