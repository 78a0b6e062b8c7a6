/** Whether this browser has a GPU to compute on, found out without taking the device: the worker does that. */
import { type AdapterDescription, describeAdapter } from '../../src/gpu/gpu';

export type Probe =
  | { readonly kind: 'probing' }
  | { readonly kind: 'ready'; readonly adapter: AdapterDescription }
  | { readonly kind: 'none'; readonly why: string; readonly remedy: string };

export async function probeAdapter(): Promise<Probe> {
  if (!isSecureContext) {
    return {
      kind: 'none',
      why: 'This page was not opened over https or from localhost, and browsers then hide the GPU from it.',
      remedy: 'Open it over https, or through localhost: npm start serves it there.',
    };
  }
  if (!navigator.gpu) {
    return {
      kind: 'none',
      why: 'This browser has no WebGPU, so that the CPU computes.',
      remedy:
        'Use a current Chrome, Edge, Firefox or Safari. On Linux, Chrome may need chrome://flags/#enable-unsafe-webgpu switched on.',
    };
  }
  const ask = () => navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  // As whoever opens the device: the first answer may be that of a GPU process that crashes just then.
  const adapter = (await ask()) ?? (await ask());
  if (!adapter) {
    return {
      kind: 'none',
      why: 'The browser has WebGPU but offers no graphics adapter to it.',
      remedy:
        'Switch hardware acceleration on in its settings, update the graphics driver, and start the browser anew.',
    };
  }
  return { kind: 'ready', adapter: describeAdapter(adapter.info) };
}
