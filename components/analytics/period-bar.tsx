"use client";

import { Button, Popover, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { CalendarRange } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { type Period, periodNames } from "@/lib/history/shapes";
import classes from "./period-bar.module.css";
import { PeriodForm } from "./period-form";
import { ownPeriod, searchPeriod, searchPeriodFrom } from "./search-period";
import { unreadPeriod } from "./unread-period";
import { useZone } from "./zone";
import { timeIn } from "./zoned-time";

/** Chooses the period: one that ends now, or dates of one's own, with the zone and the steps. `begins` is its default. */
export function PeriodBar({ begins = "24h" }: { begins?: Period }) {
  const [view, set] = useQueryStates(begins === "24h" ? searchPeriod : searchPeriodFrom(begins));
  const [opened, { toggle, close }] = useDisclosure(false);
  const zone = useZone();
  const search = useSearchParams();
  const unread = unreadPeriod((name) => search.get(name), { begins, zone });
  const own = ownPeriod(view);
  const told = own.from === undefined ? "Dates" : words(own.from, own.to, zone);
  return (
    <div className={classes.place}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Period"
          value={own.from === undefined ? view.range : ""}
          onChange={(range) => void set({ range: range as Period, from: null, to: null, granularity: null })}
          data={periodNames}
        />
        <Popover opened={opened} onChange={(open) => !open && close()} position="bottom-end" width={300} trapFocus>
          <Popover.Target>
            <Button
              size="xs"
              variant={own.from === undefined ? "default" : "light"}
              leftSection={<CalendarRange size={14} aria-hidden="true" />}
              onClick={toggle}
              aria-expanded={opened}
            >
              {told}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Dates, zone and steps">
            <PeriodForm
              view={view}
              zone={zone}
              change={(part) => {
                void set(part);
                close();
              }}
            />
          </Popover.Dropdown>
        </Popover>
      </div>
      {unread.map((sentence) => (
        <p key={sentence} className={classes.unread}>
          {sentence}
        </p>
      ))}
    </div>
  );
}

function words(from: string, to: string | undefined, zone: string): string {
  return `${timeIn(zone, from)} – ${to === undefined ? "now" : timeIn(zone, to)}`;
}
