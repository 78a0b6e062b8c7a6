/** What is in sight is drawn first, one job a frame, and what is far once somebody comes near. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawAll, drawInFrame } from '../../../components/plot/frame-queue';

let frames: (() => void)[];
let idle: (() => void)[];
let drawn: string[];
/** what waits for somebody to come near */
let watched: Map<Element, () => void>;

beforeEach(() => {
  [frames, idle, drawn, watched] = [[], [], [], new Map()];
  vi.stubGlobal('innerHeight', 900);
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  vi.stubGlobal('requestIdleCallback', (callback: () => void) => idle.push(callback));
  vi.stubGlobal('IntersectionObserver', Observer);
});

/** Somebody comes near an element when the test says so. */
class Observer {
  private element: Element | undefined;

  constructor(private readonly told: (entries: { isIntersecting: boolean }[]) => void) {}

  observe(element: Element): void {
    this.element = element;
    watched.set(element, () => this.told([{ isIntersecting: true }]));
    // As a browser does, whether it is near or not.
    this.told([{ isIntersecting: false }]);
  }

  disconnect(): void {
    watched.delete(this.element!);
  }
}

afterEach(() => {
  // The queue is one for all tests.
  drawAll();
  while (frames.length + idle.length > 0) next(frames.length > 0 ? frames : idle);
  expect(watched.size).toBe(0);
  vi.unstubAllGlobals();
});

const plot = (top: number, isConnected = true) =>
  ({ isConnected, getBoundingClientRect: () => ({ top, bottom: top + 300 }) }) as Element;

const queue = (name: string, owner: Element) => drawInFrame(owner, () => drawn.push(name));
const next = (waiting: (() => void)[]) => waiting.shift()!();
const comeNear = (owner: Element) => watched.get(owner)!();

test('one job a frame, those in sight before those that are not', () => {
  const below = plot(2000);
  queue('below', below);
  queue('first', plot(100));
  queue('second', plot(500));
  next(frames);
  expect(drawn).toEqual(['first']);
  next(frames);
  expect(drawn).toEqual(['first', 'second']);
  next(frames);
  expect([frames, idle]).toEqual([[], []]);
  comeNear(below);
  next(frames);
  expect(drawn).toEqual(['first', 'second']);
  next(idle);
  expect(drawn).toEqual(['first', 'second', 'below']);
  expect([frames, idle]).toEqual([[], []]);
});

test('what is far waits without a frame until somebody comes near, and is drawn once, as it is then', () => {
  const far = plot(2000);
  queue('old', far);
  next(frames);
  queue('new', far);
  next(frames);
  expect([frames, idle, drawn]).toEqual([[], [], []]);
  comeNear(far);
  next(frames);
  next(idle);
  expect([frames, idle, drawn]).toEqual([[], [], ['new']]);
  // What is asked for later waits as that did.
  queue('later', far);
  next(frames);
  expect([frames, idle, drawn]).toEqual([[], [], ['new']]);
});

test('what comes into sight does not wait with what waits for time', () => {
  const below = plot(1000);
  queue('below', below);
  next(frames);
  comeNear(below);
  next(frames);
  queue('seen', plot(100));
  next(frames);
  expect(drawn).toEqual(['seen']);
  next(idle);
  expect(drawn).toEqual(['seen', 'below']);
  expect(idle).toEqual([]);
});

test('what leaves the page while it is far is not waited for', () => {
  const far = { ...plot(2000), isConnected: true };
  queue('gone', far);
  next(frames);
  far.isConnected = false;
  queue('seen', plot(100));
  next(frames);
  expect([drawn, watched.size]).toEqual([['seen'], 0]);
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
