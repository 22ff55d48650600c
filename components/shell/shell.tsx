"use client";

import { Burger } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useRef } from "react";
import { flushSync } from "react-dom";
import { LiveProvider } from "@/client/live";
import { usePageArrived } from "@/client/page-arrival";
import { useZoneTurns } from "@/client/viewer";
import { StepUpProvider } from "@/components/access/step-up-provider";
import { Logo } from "@/components/brand/logo";
import { PaletteButton } from "@/components/palette/palette-button";
import { PaletteProvider } from "@/components/palette/palette-provider";
import { NewTenantDoor } from "@/components/tenants/new-tenant-door";
import { Link } from "@/components/ui/link";
import type { UserView } from "@/lib/accounts/contract";
import { AwayBanner } from "./away-banner";
import { FocusOnArrival } from "./focus-on-arrival";
import { LiveIndicator } from "./live-indicator";
import { Navigation } from "./navigation";
import { SessionWatch } from "./session-watch";
import classes from "./shell.module.css";
import { ShortcutsProvider } from "./shortcuts";
import { ThemeSwitch } from "./theme-switch";
import { UserProvider } from "./user";
import { UserMenu } from "./user-menu";

// Tells of what may end much later: it is fetched when the page is there.
const RunWatch = dynamic(() => import("@/components/bulk/run-watch").then((module) => module.RunWatch), { ssr: false });

/** From here on the side bar stands beside the page: see shell.module.css. */
const wideScreen = "(min-width: 48em)";

/** The console's frame: navigation at the side (a drawer on phones), the live indicator, the user. */
export function Shell({ user, children }: { user: UserView; children: ReactNode }) {
  const [open, { toggle, close }] = useDisclosure(false);
  const turns = useZoneTurns();
  const opener = useRef<HTMLButtonElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    closer.current?.focus();
    // There is no drawer on a wide screen: what it covered can be used again.
    const wide = window.matchMedia(wideScreen);
    wide.addEventListener("change", close);
    return () => wide.removeEventListener("change", close);
  }, [open, close]);
  // Whoever leaves the drawer without going to another page is where it was opened, and comes back there from a dialog.
  const leave = () => {
    if (!open) return;
    // At once: what is inert can't be focused.
    flushSync(close);
    opener.current?.focus();
  };
  const live = user.permissions.includes("metrics:read");
  return (
    <UserProvider user={user}>
      <LiveProvider allowed={live}>
        <StepUpProvider>
          <ShortcutsProvider>
            <PaletteProvider>
              <Watches runs={user.permissions.includes("bulk:read")} />
              <FocusOnArrival of="content" />
              <a href="#content" className={classes.skip} inert={open}>
                Skip to the content
              </a>
              {/* Not a banner: a dialog's own <header> would be a second one. */}
              <section className={classes.header} aria-label="Top bar" inert={open}>
                <Burger
                  ref={opener}
                  opened={open}
                  aria-expanded={open}
                  onClick={toggle}
                  size="sm"
                  aria-label={open ? "Close navigation" : "Open navigation"}
                />
                <Link href="/" className={classes.brand} aria-label="Tenantry, overview">
                  <Logo size={22} />
                </Link>
                <span className={classes.right}>
                  {live && <LiveIndicator compact />}
                  <PaletteButton compact />
                </span>
              </section>
              {/* Escape closes the drawer from wherever in it; a menu that is open over it closes alone. */}
              <section
                className={classes.navbar}
                aria-label="Side bar"
                data-open={open || undefined}
                onKeyDown={({ key, target, currentTarget }) =>
                  key === "Escape" && open && currentTarget.contains(target as Node) && leave()
                }
              >
                <div className={classes.top}>
                  <Link href="/" className={classes.brand} aria-label="Tenantry, overview" onClick={close}>
                    <Logo />
                  </Link>
                  <Burger ref={closer} opened onClick={leave} size="sm" hiddenFrom="sm" aria-label="Close navigation" />
                </div>
                <PaletteButton onOpen={leave} />
                <div className={classes.places}>
                  <Navigation onNavigate={close} />
                </div>
                <div className={classes.bottom}>
                  {live && <LiveIndicator />}
                  <ThemeSwitch />
                  <UserMenu user={user} onNavigate={close} />
                </div>
              </section>
              <main id="content" tabIndex={-1} className={classes.main}>
                <AwayBanner />
                {/*
                  Another zone makes the page anew: charts and fields keep the one they were made with. Under the open
                  drawer nothing of it can be reached.
                */}
                <div className={classes.page} key={turns} inert={open}>
                  {children}
                </div>
              </main>
              <NewTenantDoor />
            </PaletteProvider>
          </ShortcutsProvider>
        </StepUpProvider>
      </LiveProvider>
    </UserProvider>
  );
}

/** What looks after the session and after runs, on whatever page. */
function Watches({ runs }: { runs: boolean }) {
  const arrived = usePageArrived();
  return (
    arrived && (
      <>
        <SessionWatch />
        {runs && <RunWatch />}
      </>
    )
  );
}
