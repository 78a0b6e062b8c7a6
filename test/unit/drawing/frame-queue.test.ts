/** What is in sight is drawn first, one job a frame. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawAll, drawInFrame } from '../../../components/plot/frame-queue';

let frames: (() => void)[];
let idle: (() => void)[];
let drawn: string[];

beforeEach(() => {
  [frames, idle, drawn] = [[], [], []];
  vi.stubGlobal('innerHeight', 900);
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  vi.stubGlobal('requestIdleCallback', (callback: () => void) => idle.push(callback));
});

afterEach(() => {
  // The queue is one for all tests.
  while (frames.length + idle.length > 0) next(frames.length > 0 ? frames : idle);
  vi.unstubAllGlobals();
});

const plot = (top: number, isConnected = true) =>
  ({ isConnected, getBoundingClientRect: () => ({ top, bottom: top + 300 }) }) as Element;

const queue = (name: string, owner: Element) => drawInFrame(owner, () => drawn.push(name));
const next = (waiting: (() => void)[]) => waiting.shift()!();

test('one job a frame, those in sight before those that are not', () => {
  queue('below', plot(2000));
  queue('first', plot(100));
  queue('second', plot(500));
  next(frames);
  expect(drawn).toEqual(['first']);
  next(frames);
  expect(drawn).toEqual(['first', 'second']);
  next(frames);
  expect(drawn).toEqual(['first', 'second']);
  next(idle);
  expect(drawn).toEqual(['first', 'second', 'below']);
  expect([frames, idle]).toEqual([[], []]);
});

test('what comes into sight does not wait with what waits for time', () => {
  queue('below', plot(2000));
  next(frames);
  queue('seen', plot(100));
  next(frames);
  expect(drawn).toEqual(['seen']);
  next(idle);
  expect(drawn).toEqual(['seen', 'below']);
  expect(idle).toEqual([]);
});

test('of one owner the last job counts, and of one that is gone none', () => {
  const owner = plot(100);
  queue('old', owner);
  queue('new', owner);
  queue('gone', plot(100, false));
  while (frames.length > 0) next(frames);
  expect(drawn).toEqual(['new']);
});

test('a job that fails stops no other', () => {
  drawInFrame(plot(100), () => {
    throw new Error('no canvas');
  });
  queue('other', plot(200));
  expect(() => next(frames)).toThrow('no canvas');
  next(frames);
  expect(drawn).toEqual(['other']);
});

test('all that waits is drawn at once where that is asked for, and nothing twice', () => {
  queue('below', plot(2000));
  queue('seen', plot(100));
  drawAll();
  expect(drawn).toEqual(['below', 'seen']);
  while (frames.length > 0) next(frames);
  for (const callback of idle) callback();
  expect(drawn).toEqual(['below', 'seen']);
});
