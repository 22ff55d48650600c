"use client";

import { CloseButton, Loader, Modal } from "@mantine/core";
import { ArrowLeft, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import type { PaletteItem, PaletteStep } from "./item";
import classes from "./palette.module.css";
import { optionId, PaletteOptions } from "./palette-options";
import { useList } from "./use-list";

type PaletteProps = { opened: boolean; close: () => void };

/** The command palette: finds tenants, places and deeds while one types. */
export function Palette({ opened, close }: PaletteProps) {
  const [leads, setLeads] = useState(false);
  useEffect(() => {
    if (opened) setLeads(false);
  }, [opened]);
  return (
    <Modal.Root
      opened={opened}
      onClose={close}
      size={620}
      yOffset="min(12vh, 96px)"
      // What leads to another page leaves the focus to that page.
      returnFocus={!leads}
      closeOnEscape={false}
      closeOnClickOutside
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      {/* By its name: `className` would also reach what fills the window around it. */}
      <Modal.Content aria-label="Search and commands" classNames={{ content: classes.content }}>
        <Finder close={close} leave={() => setLeads(true)} />
      </Modal.Content>
    </Modal.Root>
  );
}

const pageOf = 6;

function Finder({ close, leave }: { close: () => void; leave: () => void }) {
  const router = useRouter();
  const listId = useId();
  const [step, setStep] = useState<PaletteStep | null>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { items, waiting, failed } = useList(step, typed);
  const active = Math.min(at, items.length - 1);
  useEffect(() => {
    document.getElementById(optionId(listId, active))?.scrollIntoView({ block: "nearest" });
  }, [active, listId]);

  const enter = (next: PaletteStep | null) => {
    setStep(next);
    type("");
  };
  const type = (text: string) => {
    setTyped(text);
    setAt(0);
  };
  const choose = ({ deed }: PaletteItem, apart: boolean) => {
    if (deed.kind === "step") return enter(deed.step);
    if (deed.kind === "go" && apart) return void window.open(deed.href, "_blank", "noopener");
    if (deed.kind !== "act") {
      leave();
      // The field stays for as long as the palette fades: the next page need not wait for it.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    }
    close();
    if (deed.kind === "go") router.push(deed.href);
    else if (deed.kind === "leave") window.location.assign(deed.href);
    else deed.act();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const item = items[active];
    const move = moveOf(event.key, active, items.length);
    const tenant = event.key === "ArrowRight" && atEnd(event.currentTarget) ? tenantOf(item) : undefined;
    if (move !== undefined) setAt(move);
    else if (event.key === "Enter" && item) choose(item, event.ctrlKey || event.metaKey);
    else if (tenant) enter({ name: "tenant", tenant });
    else if (event.key === "Backspace" && typed === "" && step) enter(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const leaveStep = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    step ? enter(null) : close();
  };
  return (
    <Modal.Body p={0} className={classes.body ?? ""} onKeyDown={leaveStep}>
      <div className={classes.field}>
        {step ? (
          <button type="button" className={classes.back} aria-label="Back to everything" onClick={() => enter(null)}>
            <ArrowLeft size={17} aria-hidden="true" />
          </button>
        ) : (
          <Search size={17} aria-hidden="true" />
        )}
        <input
          data-autofocus
          role="combobox"
          aria-expanded={items.length > 0}
          aria-autocomplete="list"
          {...(items.length > 0 && { "aria-controls": listId, "aria-activedescendant": optionId(listId, active) })}
          aria-label={asks(step)}
          placeholder={asks(step)}
          className={classes.input}
          value={typed}
          maxLength={200}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          dir="auto"
          enterKeyHint="go"
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
        />
        {waiting && <Loader size={16} aria-hidden="true" />}
        <CloseButton aria-label="Close" onClick={close} />
      </div>
      {items.length > 0 && (
        <PaletteOptions id={listId} items={items} active={active} onHover={setAt} onChoose={choose} />
      )}
      <p role="status" className={items.length > 0 ? classes.hidden : classes.none}>
        {said({ found: items.length, waiting, failed, typed })}
      </p>
    </Modal.Body>
  );
}

function asks(step: PaletteStep | null): string {
  if (step === null) return "Find a tenant, a place or a command";
  if (step.name === "tenant") return `What to do with ${step.tenant.name}`;
  return step.name === "theme" ? "Choose a theme" : "Choose a time zone";
}

function said(state: { found: number; waiting: boolean; failed: boolean; typed: string }): string {
  if (state.waiting) return "Searching…";
  if (state.found === 0)
    return state.failed
      ? "The registry could not be searched. Try again in a moment."
      : `Nothing here answers to “${state.typed.trim()}”. Tenants are found by name, slug, domain and id.`;
  const trouble = state.failed ? " Tenants could not be searched." : "";
  return `${state.found} found.${trouble}`;
}

function moveOf(key: string, active: number, length: number): number | undefined {
  if (length === 0) return undefined;
  if (key === "ArrowDown") return (active + 1) % length;
  if (key === "ArrowUp") return (active + length - 1) % length;
  if (key === "PageDown") return Math.min(active + pageOf, length - 1);
  return key === "PageUp" ? Math.max(active - pageOf, 0) : undefined;
}

function atEnd({ selectionStart, value }: HTMLInputElement): boolean {
  return value !== "" && selectionStart === value.length;
}

function tenantOf(item: PaletteItem | undefined) {
  if (!item?.status || item.note === undefined || !item.id.startsWith("tenant:")) return undefined;
  return { id: item.id.slice(7, 43), name: item.label, slug: item.note, status: item.status };
}
