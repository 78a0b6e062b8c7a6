/** What `?assembly` makes of an AssemblyScript file (vite.config.ts): the bytes of its WebAssembly module. */
declare module '*?assembly' {
  const binary: Uint8Array<ArrayBuffer>;
  export default binary;
}

/** The same for a memory that threads share. */
declare module '*?shared-assembly' {
  const binary: Uint8Array<ArrayBuffer>;
  export default binary;
}

/** The same with `Real` as f32, and as f64. */
declare module '*?float32-assembly' {
  const binary: Uint8Array<ArrayBuffer>;
  export default binary;
}
declare module '*?float64-assembly' {
  const binary: Uint8Array<ArrayBuffer>;
  export default binary;
}
