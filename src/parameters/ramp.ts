/** A drive that changes in time, piecewise linear, as `--ramp` says it: `0:0.5,50:1,100:0.5`. */

/**
 * Omega/Omega_c at times that do not fall, in the inverse unit of the rates. Before the first and after the last of them the drive
 * stays; two points at one time are a jump.
 */
export interface Ramp {
  readonly t: readonly number[];
  readonly drive: readonly number[];
}

/** A time in which the drive changes evenly, or none at all: a jump. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Omega/Omega_c at its ends */
  readonly start: number;
  readonly end: number;
}

export const rampText = ({ t, drive }: Ramp) => t.map((time, i) => `${time}:${drive[i]}`).join(',');

/** The points of a text; null where it is none of numbers. */
export function rampIn(text: string): Ramp | null {
  const points = text.split(',').map((point) => point.split(':').map(number));
  if (!points.every((point) => point.length === 2 && point.every(Number.isFinite))) return null;
  return { t: points.map(([t]) => t), drive: points.map(([, drive]) => drive) };
}

/** What no mark is left of is no number, not 0. */
const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

/** The same with its times multiplied by a factor. */
export const rampInTime = (text: string, factor: number): string => {
  const { t, drive } = rampOf(text);
  return rampText({ t: t.map((time) => time * factor), drive });
};

/** Of a text that is one. */
export function rampOf(text: string): Ramp {
  const ramp = rampIn(text);
  if (ramp === null) throw new Error(`${text} is no ramp.`);
  return ramp;
}

/** Of a ramp: so many fit what the smallest devices bind. */
const mostPoints = 1000;

/** What a ramp has to be and this one is not, as the end of "must be ..."; null where nothing is wrong. */
export function faultOfRamp({ t, drive }: Ramp, latest: number, largest: number): string | null {
  const within = (x: number, most: number) => x >= 0 && x <= most;
  if (t.length < 2 || t.length > mostPoints) return `2 to ${mostPoints} points t:x`;
  if (!t.every((time) => within(time, latest)))
    return `of times from 0 ${Number.isFinite(latest) ? `to ${latest}` : 'on'}`;
  if (!drive.every((x) => within(x, largest))) return `of drives Omega/Omega_c from 0 to ${largest}`;
  if (t.some((time, i) => time < t[i - 1])) return 'of times in order';
  if (t.some((time, i) => time === t[i - 2])) return 'of two points at one time at most (a jump)';
  return null;
}

/** Omega/Omega_c; at a jump what it is after it. */
export function driveAt({ t, drive }: Ramp, time: number): number {
  const next = t.findIndex((at) => at > time);
  if (next === -1) return drive[drive.length - 1];
  if (next === 0) return drive[0];
  const share = (time - t[next - 1]) / (t[next] - t[next - 1]);
  return drive[next - 1] + share * (drive[next] - drive[next - 1]);
}

/** Its stretches between two times, in order, which fill the time between them; a jump belongs to the time that it begins. */
export function stretchesOf(ramp: Ramp, from: number, to: number): Stretch[] {
  const corners = ramp.t.flatMap((t, i) => (t >= from && t < to ? [{ t, drive: ramp.drive[i] }] : []));
  const ends = [
    { t: from, drive: driveBefore(ramp, from) },
    ...corners,
    { t: to, drive: driveBefore(ramp, to) },
  ];
  return ends.slice(1).flatMap(({ t, drive }, i) => {
    const { t: before, drive: start } = ends[i];
    return t > before || drive !== start ? [{ from: before, to: t, start, end: drive }] : [];
  });
}

/** ... what it is before a jump. */
function driveBefore({ t, drive }: Ramp, time: number): number {
  const here = t.indexOf(time);
  return here === -1 ? driveAt({ t, drive }, time) : drive[here];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When a ramp goes up and when it comes down, where it turns once at most. */
export interface Turns {
  readonly up: Span | null;
  readonly down: Span | null;
}

/** Null of a ramp that turns more than once. */
export function turnsOf(ramp: Ramp): Turns | null {
  const { t } = ramp;
  const changes = stretchesOf(ramp, t[0], t[t.length - 1] + 1).filter(({ start, end }) => start !== end);
  const rises = changes.map(({ start, end }) => end > start);
  const turn = rises.indexOf(!rises[0]);
  const [first, second] = turn === -1 ? [changes, []] : [changes.slice(0, turn), changes.slice(turn)];
  if (second.some(({ start, end }) => end > start === rises[0])) return null;
  const span = (of: readonly Stretch[]) =>
    of.length === 0 ? null : { from: of[0].from, to: of[of.length - 1].to };
  return rises[0] === false
    ? { up: span(second), down: span(first) }
    : { up: span(first), down: span(second) };
}

/** A ramp that goes up and comes back to where it began, or the other way round. */
export interface Loop extends Turns {
  readonly up: Span;
  readonly down: Span;
}

export function loopOf(ramp: Ramp): Loop | null {
  const { drive } = ramp;
  const { up = null, down = null } = turnsOf(ramp) ?? {};
  return up !== null && down !== null && drive[0] === drive[drive.length - 1] ? { up, down } : null;
}
