import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { InputOf } from "@/lib/kernel/contract";
import { showLakeContract } from "@/lib/lake/contract";
import { listKindsContract, listReportsContract, showReportContract } from "@/lib/reports/contract";
import { listSchedulesContract, mailStatusContract } from "@/lib/reports/contract-schedules";
import type { ReportStatus } from "@/lib/reports/shapes";
import { call } from "./call";

const openMs = 2000;
const restingMs = 30_000;

/** Whether a report is still to be made. */
export function isOpen({ status }: { status: ReportStatus }): boolean {
  return status === "waiting" || status === "running";
}

const waitsForMail = ({ mails }: { mails: readonly { status: string }[] }) =>
  mails.some(({ status }) => status === "waiting");

/** The tables and documents that the caller can have as files. */
export const kindsQuery = () =>
  queryOptions({
    queryKey: [listKindsContract.id],
    queryFn: ({ signal }) => call(listKindsContract, {}, { signal }),
    staleTime: 300_000,
  });

/** Reports, newest first, page by page; read again soon while one of them is being made. */
export const reportsQuery = (filter: InputOf<typeof listReportsContract>) =>
  infiniteQueryOptions({
    queryKey: [listReportsContract.id, filter],
    queryFn: ({ signal, pageParam }) =>
      call(listReportsContract, { ...filter, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ reports }) => reports.some(isOpen)) ? openMs : restingMs,
  });

/** One report; read again until it is made and its mails are sent. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: [showReportContract.id, id],
    queryFn: ({ signal }) => call(showReportContract, { id }, { signal }),
    refetchInterval: ({ state: { data } }) => (data && (isOpen(data) || waitsForMail(data)) ? openMs : false),
  });

/** The reports that are made regularly; read again soon while the last of one is being made or mailed. */
export const schedulesQuery = () =>
  infiniteQueryOptions({
    queryKey: [listSchedulesContract.id],
    queryFn: ({ signal, pageParam }) =>
      call(listSchedulesContract, pageParam === null ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ schedules }) =>
        schedules.some(({ last }) => last !== null && (isOpen(last) || waitsForMail(last))),
      )
        ? openMs
        : restingMs,
  });

/** Whether mail is set up. */
export const mailQuery = () =>
  queryOptions({
    queryKey: [mailStatusContract.id],
    queryFn: ({ signal }) => call(mailStatusContract, {}, { signal }),
    staleTime: 60_000,
  });

/** Usage as Parquet: the days that stand in the lake, newest first, page by page. */
export const lakeQuery = () =>
  infiniteQueryOptions({
    queryKey: [showLakeContract.id],
    queryFn: ({ signal, pageParam }) =>
      call(showLakeContract, pageParam === null ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: restingMs,
  });
