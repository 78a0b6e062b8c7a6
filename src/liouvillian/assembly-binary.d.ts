/** What `?float64-assembly` and its like make of an AssemblyScript file (vite.config.ts): the bytes of its WebAssembly module. */
declare module '*-assembly' {
  const binary: Uint8Array<ArrayBuffer>;
  export default binary;
}
