/** The time, injected: logic asks its clock and never the machine. */
export type Clock = () => Date;

/** The machine's clock, for the doors only. */
export const systemClock: Clock = () => new Date();
