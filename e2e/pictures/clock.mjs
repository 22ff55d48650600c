// Loaded before a process of the pictures' installation: its clock stands still, so that its pages are the same each time.
import { ServerResponse } from "node:http";

const moment = Date.parse(process.env.PICTURES_MOMENT ?? "");
if (Number.isNaN(moment)) throw new Error("PICTURES_MOMENT has to be a time.");
const Real = Date;

// A function with everything of its own: Next takes it apart to put another in its place.
function Still(...given) {
  if (new.target === undefined) return new Real(moment).toString();
  return Reflect.construct(Real, given.length === 0 ? [moment] : given, new.target);
}
Object.defineProperties(Still, Object.getOwnPropertyDescriptors(Real));
Still.now = () => moment;
Still.prototype.constructor = Still;

globalThis.Date = Still;

// Node dates its answers by a clock of its own, and a page goes by the date of what it is answered.
const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (...given) {
  this.setHeader("date", new Date().toUTCString());
  return writeHead.apply(this, given);
};
