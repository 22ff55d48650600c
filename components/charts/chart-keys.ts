/** What a chart can do by the keyboard. */
export type KeyActs = {
  /** To the next measurement, or with -1 the one before. */
  step: (by: 1 | -1) => void;
  move: (part: number) => void;
  zoom: (factor: number) => void;
  reset: () => void;
  leave: () => void;
};

/** Does what a key means on a chart; false where it means nothing. */
export function actOn(key: string, shift: boolean, acts: KeyActs): boolean {
  switch (key) {
    case "ArrowLeft":
      shift ? acts.move(-0.25) : acts.step(-1);
      return true;
    case "ArrowRight":
      shift ? acts.move(0.25) : acts.step(1);
      return true;
    case "+":
    case "=":
      acts.zoom(0.5);
      return true;
    case "-":
      acts.zoom(2);
      return true;
    case "0":
      acts.reset();
      return true;
    case "Escape":
      acts.leave();
      return true;
    default:
      return false;
  }
}
